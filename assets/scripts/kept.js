// An answer puts parts of the page anew as they were when it was asked for. What somebody has typed, chosen or opened since
// then stays as they left it, and goes with the next question.
import { atFirst, present, put } from './boxes.js'

const boxes = 'input[id]:not([type=hidden]):not([type=submit]), select[id], textarea[id]'

function picture () {
  return new Map([...document.querySelectorAll(boxes)].map((box) => [box.id, present(box)]))
}

function changedSince (asked) {
  const changed = []
  for (const box of document.querySelectorAll(boxes)) {
    const then = asked.has(box.id) ? asked.get(box.id) : atFirst(box)
    if (then !== present(box)) changed.push([box.id, present(box)])
  }
  return changed
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
      for (const [id, value] of changed) {
        const box = document.getElementById(id)
        if (box) put(box, value)
      }
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
