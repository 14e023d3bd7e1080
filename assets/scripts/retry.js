// A page that could not be made because the database was away asks again by itself.
export function retry () {
  const page = document.querySelector('[data-retry]')
  if (page) setTimeout(() => location.reload(), Number(page.dataset.retry) * 1000)
}
