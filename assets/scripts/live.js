// An incident keeps itself up to date: its parts are fetched again and replaced, never one that is being typed into, and
// what is being typed stays where it stands on the glass. It says when it was last refreshed, and when it could not be.
// The link beside it does the same without scripts.
import { atFirst, present } from './boxes.js'
import { timeOfDay } from './clock.js'

// Then nobody is here, and a sign-in that would end must not be kept alive by the page.
const idle = 25 * 60 * 1000

function words (part) {
  const copy = part.cloneNode(true)
  for (const token of copy.querySelectorAll('[name="csrfmiddlewaretoken"]')) token.remove()
  return copy.innerHTML
}

const touched = (box) => box.type !== 'hidden' && present(box) !== atFirst(box)

function held (part) {
  return part.contains(document.activeElement) || [...part.querySelectorAll('input, textarea, select')].some(touched)
}

export function watchLive (start) {
  const says = document.querySelector('[data-live-every]')
  if (!says) return
  const changes = document.querySelector('[data-live-changes]')
  const seen = new Map([...document.querySelectorAll('[data-live]')].map((part) => [part.id, words(part)]))
  let last = timeOfDay()
  let used = performance.now()
  for (const name of ['pointerdown', 'keydown', 'scroll']) {
    document.addEventListener(name, () => { used = performance.now() }, { passive: true })
  }

  function put (page) {
    const waits = []
    const came = []
    const box = document.activeElement !== document.body ? document.activeElement : null
    const stood = box && box.getBoundingClientRect().top
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(part.id)
      if (!fresh) throw new Error('another page')
      const now = words(fresh)
      if (now === seen.get(part.id)) continue
      if (held(part)) {
        waits.push(part.dataset.live)
        continue
      }
      seen.set(part.id, now)
      part.replaceChildren(...fresh.childNodes)
      start(part)
      if (part.dataset.live) came.push(part.dataset.live)
    }
    if (box) window.scrollBy(0, box.getBoundingClientRect().top - stood)
    if (changes && came.length) changes.textContent = `Changed at ${timeOfDay()}: ${came.join(', ')}`
    return waits.filter(Boolean)
  }

  async function refresh () {
    if (document.hidden || performance.now() - used > idle) return
    try {
      const answer = await fetch(location.pathname, { headers: { 'X-Watchward-Refresh': '1' }, redirect: 'error' })
      if (!answer.ok) throw new Error(String(answer.status))
      const waits = put(new DOMParser().parseFromString(await answer.text(), 'text/html'))
      last = timeOfDay()
      says.textContent = `As at ${last}` + (waits.length ? `; ${waits.join(', ')} once you leave it` : '')
    } catch {
      says.textContent = `Not refreshed since ${last}, trying again`
    }
  }

  setInterval(refresh, Number(says.dataset.liveEvery) * 1000)
  document.addEventListener('visibilitychange', refresh)
}
