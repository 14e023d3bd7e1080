// The box people type in: Enter sends it, and the focus comes back to it after a part of the page has been replaced.

export function sendOnEnter () {
  document.addEventListener('keydown', (event) => {
    const box = event.target
    if (!(box instanceof HTMLTextAreaElement) || !('enter' in box.dataset)) return
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    event.preventDefault()
    const button = document.getElementById(box.dataset.enter)
    if (!box.form || !box.value.trim()) return
    // A click, so that a button which replaces a part of the page does that and does not send the whole form.
    if (button) button.click()
    else box.form.requestSubmit()
  })
}

export function returnFocus () {
  let last = null
  document.addEventListener('focusin', (event) => {
    if (event.target.matches('input[type="text"], input[type="search"], textarea') && event.target.id) last = event.target.id
  })
  document.addEventListener('htmx:afterSettle', () => {
    if (document.activeElement && document.activeElement !== document.body) return
    const box = last && document.getElementById(last)
    if (box) box.focus({ preventScroll: true })
  })
}
