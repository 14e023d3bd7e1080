// What a box of a form holds, and what it held when the page was made.

const two = (box) => box.matches('[type=radio], [type=checkbox]')

export const present = (box) => two(box) ? box.checked : box.value

export function atFirst (box) {
  if (two(box)) return box.defaultChecked
  if (!(box instanceof HTMLSelectElement)) return box.defaultValue
  const chosen = [...box.options].find((option) => option.defaultSelected) || box.options[0]
  return chosen ? chosen.value : ''
}

export function put (box, value) {
  if (present(box) === value) return
  if (two(box)) box.checked = value
  else box.value = value
}
