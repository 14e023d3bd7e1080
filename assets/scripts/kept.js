// An answer puts parts of the page anew as they were when it was asked for. What somebody has typed, chosen or opened since
// then stays as they left it, and goes with the next question.

const boxes = 'input[id]:not([type=hidden]):not([type=submit]), select[id], textarea[id]'

const two = (box) => box.matches('[type=radio], [type=checkbox]')

const present = (box) => two(box) ? box.checked : box.value

function picture () {
  return new Map([...document.querySelectorAll(boxes)].map((box) => [box.id, present(box)]))
}

function atFirst (box) {
  if (two(box)) return box.defaultChecked
  if (!(box instanceof HTMLSelectElement)) return box.defaultValue
  const chosen = [...box.options].find((option) => option.defaultSelected) || box.options[0]
  return chosen ? chosen.value : ''
}

function changedSince (asked) {
  const changed = []
  for (const box of document.querySelectorAll(boxes)) {
    const then = asked.has(box.id) ? asked.get(box.id) : atFirst(box)
    if (then !== present(box)) changed.push([box.id, present(box)])
  }
  return changed
}

function putBack (id, value) {
  const box = document.getElementById(id)
  if (!box || present(box) === value) return
  if (two(box)) box.checked = value
  else box.value = value
}

export function keepWhatChanged () {
  const asked = new WeakMap()
  let restore = null
  document.addEventListener('htmx:beforeRequest', ({ detail }) => asked.set(detail.xhr, picture()))
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    const then = asked.get(detail.xhr)
    if (!then) return
    const changed = changedSince(then)
    const folds = [...document.querySelectorAll('details[id]')].map((fold) => [fold.id, fold.open])
    restore = () => {
      for (const [id, value] of changed) putBack(id, value)
      for (const [id, open] of folds) {
        const fold = document.getElementById(id)
        if (fold) fold.open = open
      }
    }
  })
  document.addEventListener('htmx:afterSwap', () => {
    if (restore) restore()
    restore = null
  })
}
