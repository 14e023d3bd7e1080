// "Go to": the places of the menu at the foot in a dialog, each by its letter or found by typing. Its link leads to the
// same places on a page of their own. Escape closes it, and the focus is again where it was.

// Whoever has turned shortcuts off goes by typing or by Tab alone.
const letters = document.body.dataset.shortcuts !== 'off'

function places () {
  return [...document.querySelectorAll('#menu a[href]')].map((link) => ({
    words: link.textContent.trim(),
    url: link.href,
    letter: letters ? link.dataset.goes || '' : ''
  }))
}

function made (name, className, words = '') {
  const element = document.createElement(name)
  if (className) element.className = className
  element.textContent = words
  return element
}

function item (place) {
  const row = document.createElement('li')
  const link = made('a', '', place.words)
  link.href = place.url
  row.append(link)
  if (place.letter) row.append(made('kbd', 'ww-key', place.letter.toUpperCase()))
  return row
}

function draw () {
  const dialog = made('dialog', 'ww-palette')
  dialog.setAttribute('aria-labelledby', 'goto-title')
  const title = made('h2', '', 'Go to')
  title.id = 'goto-title'
  title.tabIndex = -1
  const label = made('label', 'ww-small', letters ? 'Press a letter, or type a name here' : 'Type a name here')
  label.htmlFor = 'goto-typed'
  const box = made('input', 'ww-input')
  box.id = 'goto-typed'
  box.type = 'text' // of a search box Escape would only empty it
  box.autocomplete = 'off'
  box.spellcheck = false
  const none = made('p', 'ww-soft', '')
  none.setAttribute('role', 'status')
  const list = document.createElement('ul')
  const all = places()
  list.append(...all.map(item))
  const close = made('button', 'ww-button ww-button--small', 'Close')
  close.type = 'button'
  close.addEventListener('click', () => dialog.close())
  dialog.append(title, label, box, none, list, close)

  function filter () {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean)
    let left = 0
    for (const [at, place] of all.entries()) {
      const fits = words.every((word) => place.words.toLowerCase().includes(word))
      list.children[at].hidden = !fits
      if (fits) left += 1
    }
    none.textContent = left ? '' : 'No place of yours has these words'
  }

  box.addEventListener('input', filter)
  dialog.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    const shown = [...list.querySelectorAll('li:not([hidden]) a')]
    const at = shown.indexOf(document.activeElement)
    if (event.key === 'ArrowDown') shown[Math.min(at + 1, shown.length - 1)]?.focus()
    else if (event.key === 'ArrowUp') (at > 0 ? shown[at - 1] : box).focus()
    else if (event.target === box) {
      if (event.key !== 'Enter' || !shown.length) return
      shown[0].click()
    } else if (event.key === '/') box.focus()
    else {
      const place = all.find((each) => each.letter && each.letter === event.key.toLowerCase())
      if (!place) return
      location.assign(place.url)
    }
    event.preventDefault()
  })
  return { dialog, title }
}

export function openPalette () {
  if (document.querySelector('dialog[open]') || !places().length) return false
  const { dialog, title } = draw()
  const before = document.activeElement
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (before && before !== document.body) before.focus({ preventScroll: true })
  })
  document.body.append(dialog)
  dialog.showModal()
  title.focus()
  return true
}

export function offerPalette () {
  const link = document.querySelector('[data-goto]')
  if (!link) return
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    if (openPalette()) event.preventDefault()
  })
}
