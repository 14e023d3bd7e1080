// Clocks that run between two pages from the server. The server's clock may be a demonstration's, so ours only adds to it.

const loaded = performance.now()
const began = Date.parse(document.body.dataset.now || '') || Date.now()
const hm = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const hms = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })

export function now () {
  return began + (performance.now() - loaded)
}

export function timeOfDay (at = now()) {
  return hms.format(at)
}

export function lasting (seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

function tick () {
  for (const item of document.querySelectorAll('[data-since]')) {
    const words = lasting((now() - Date.parse(item.dataset.since)) / 1000)
    if (item.textContent !== words) item.textContent = words
  }
  for (const item of document.querySelectorAll('[data-clock]')) {
    const words = hm.format(now())
    if (item.textContent !== words) item.textContent = words
  }
}

export function runClocks () {
  if (!document.querySelector('[data-since], [data-clock]')) return
  tick()
  setInterval(tick, 1000)
}
