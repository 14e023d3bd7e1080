// Single letters move through lists, only while nothing is being typed into. Alt letters are the browser's own access keys.
import { openPalette } from './palette.js'

const typed = 'input:not([type=radio]):not([type=checkbox]):not([type=submit]):not([type=button]), textarea, select, [contenteditable]'

function typing () {
  return document.activeElement !== null && document.activeElement.matches(typed)
}

function rows () {
  return [...document.querySelectorAll('[data-row]')].filter((row) => row.offsetParent !== null)
}

function here () {
  return rows().find((row) => row.contains(document.activeElement)) || document.querySelector('[data-row][aria-current]')
}

function mark (row) {
  for (const other of document.querySelectorAll('[data-row][aria-current]')) other.removeAttribute('aria-current')
  row.setAttribute('aria-current', 'true')
}

function step (by) {
  const all = rows()
  if (!all.length) return false
  const now = here()
  const moved = now && now.contains(document.activeElement)
  // The first press only goes to the row that is already current; from then on it moves.
  const at = now ? all.indexOf(now) + (moved ? by : 0) : 0
  const next = all[Math.max(0, Math.min(all.length - 1, at))]
  mark(next)
  const target = next.querySelector('a[href], button')
  if (target) target.focus()
  next.scrollIntoView({ block: 'nearest' })
  return true
}

function press (letter) {
  const row = here()
  const within = row && row.querySelector(`[data-key="${letter}"]`)
  const target = within || document.querySelector(`[data-key="${letter}"]:not([data-row] *)`)
  if (!target) return false
  target.click()
  return true
}

function open () {
  if (document.activeElement !== document.body && document.activeElement !== document.querySelector('main')) return false
  const row = document.querySelector('[data-row][aria-current]')
  const link = row && row.querySelector('a[href]')
  if (!link) return false
  link.click()
  return true
}

function find () {
  const box = document.getElementById('find')
  if (!box || box.offsetParent === null) return false
  box.focus()
  box.select()
  return true
}

const map = { j: () => step(1), k: () => step(-1), enter: open, '/': find, g: openPalette }
for (const letter of ['r', 'h', 'a', 'v', 'z']) map[letter] = () => press(letter)

export function listenForKeys () {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing()) return
    if (document.querySelector('dialog[open]')) return // it has letters of its own
    const does = map[event.key.toLowerCase()]
    if (does && does()) event.preventDefault()
  })
  document.addEventListener('focusin', (event) => {
    // Not for a mouse: a row that grows under the pointer would move the button before the click is finished.
    const row = event.target.matches(':focus-visible') && event.target.closest('[data-row]')
    if (row) mark(row)
  })
}

export function withoutKeys (scope) {
  for (const item of scope.querySelectorAll('[accesskey]')) item.removeAttribute('accesskey')
}
