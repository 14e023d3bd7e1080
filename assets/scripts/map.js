// A map that moves, for whoever asks for it: the drawing and the table say the same without it, so it is fetched on demand.
export function offerMovingMap () {
  for (const figure of document.querySelectorAll('[data-map]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'ww-button ww-button--small ww-map__start'
    button.textContent = 'Zoom and move this map'
    figure.prepend(button)
    button.addEventListener('click', () => start(figure, button))
  }
}

async function start (figure, button) {
  button.disabled = true
  try {
    await sheet(figure.dataset.style)
    const { open } = await import(figure.dataset.moduleMap)
    await open(figure, button)
  } catch {
    button.textContent = 'This map cannot be moved here'
  }
}

function sheet (href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = href
    link.onload = resolve
    link.onerror = reject
    document.head.append(link)
  })
}
