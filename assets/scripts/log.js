// The box of a log is empty again as soon as its line is on the way, so that the next can be typed; if the line does not
// arrive its words come back. Each line has a key of its own: sent twice, it is added once.

function fresh () {
  return window.crypto.randomUUID ? window.crypto.randomUUID() : `${Date.now()}-${Math.random()}`
}

function boxOf (button) {
  return button.id && document.querySelector(`textarea[data-enter="${CSS.escape(button.id)}"]`)
}

export function keepUnsentLines () {
  const waiting = new WeakMap()
  document.addEventListener('htmx:configRequest', ({ detail }) => {
    const box = boxOf(detail.elt)
    if (!box) return
    const key = box.form.elements.key
    waiting.set(detail.elt, { words: box.value, key: key && key.value })
    box.value = ''
    if (key) key.value = fresh()
  })
  for (const failed of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) {
    document.addEventListener(failed, ({ detail }) => {
      const box = boxOf(detail.elt)
      const sent = box && waiting.get(detail.elt)
      if (!sent) return
      box.value = box.value ? `${sent.words}\n${box.value}` : sent.words
      if (sent.key && box.form.elements.key) box.form.elements.key.value = sent.key
    })
  }
}
