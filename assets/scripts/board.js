// A board fetches its own page again and replaces its rows. Pause is a link that also works without scripts.
import { timeOfDay } from './clock.js'

export function watchBoard (start) {
  const board = document.querySelector('[data-board-every]')
  if (!board || !board.id) return
  const every = Number(board.dataset.boardEvery) * 1000
  const said = document.querySelector('[data-board-says]')
  const pause = document.querySelector('[data-board-pause]')
  const words = pause && pause.querySelector('span')
  const pausing = words && words.textContent
  let paused = pause ? pause.dataset.boardPause === 'paused' : false
  let last = timeOfDay()
  let missed = false

  function say () {
    if (!said) return
    const fact = paused ? `Paused at ${last}` : missed ? `Not refreshed since ${last}, trying again` : `As at ${last}, every ${every / 1000} s`
    if (said.textContent !== fact) said.textContent = fact
  }

  async function refresh () {
    if (paused || document.hidden) return
    try {
      const answer = await fetch(location.href, { headers: { 'X-Watchward-Refresh': '1' }, redirect: 'error' })
      if (!answer.ok) throw new Error(String(answer.status))
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(board.id)
      if (!fresh || paused) return
      const held = board.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
      if (fresh.innerHTML !== board.innerHTML) {
        board.replaceChildren(...fresh.childNodes)
        start(board)
        const again = held && board.querySelector(`[href="${CSS.escape(held)}"]`)
        if (again) again.focus({ preventScroll: true })
      }
      last = timeOfDay()
      missed = false
    } catch {
      missed = true
    }
    say()
  }

  if (pause) {
    pause.setAttribute('role', 'button')
    pause.addEventListener('keydown', (event) => {
      if (event.key !== ' ') return
      event.preventDefault()
      pause.click()
    })
    pause.addEventListener('click', (event) => {
      event.preventDefault()
      paused = !paused
      if (words) words.textContent = paused ? 'Go on' : pausing
      say()
      if (!paused) refresh()
    })
  }
  setInterval(refresh, every)
}
