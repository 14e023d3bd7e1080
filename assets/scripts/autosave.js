// A form with data-autosave-url is sent there every five seconds when it has changed, and once more when the page goes away.
// The answer is {"saved": "07:44:58", "version": 3}; nothing of a person is ever kept in the browser.

const every = 5000

function watch (form) {
  const url = form.dataset.autosaveUrl
  const said = document.querySelector(form.dataset.autosaveSays || '[data-saved]')
  let sent = picture(form)
  let last = ''
  let busy = false

  function say (words) {
    if (said && said.textContent !== words) said.textContent = words
  }

  async function save () {
    const present = picture(form)
    if (busy || present === sent) return
    busy = true
    try {
      const answer = await fetch(url, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json', 'X-Watchward-Autosave': '1' }, redirect: 'error' })
      if (answer.status === 409) return say('Not saved: somebody else has changed this. Save it to see both')
      if (answer.status === 401 || answer.status === 403) return say('Not saved: you are signed out. Sign in again in another tab, your words stay here')
      if (!answer.ok) throw new Error(String(answer.status))
      const { saved, version } = await answer.json()
      if (version !== undefined && form.elements.version) form.elements.version.value = String(version)
      last = saved
      sent = present
      say(`Saved ${saved}`)
    } catch {
      say(last ? `Not saved since ${last}. Your words stay here and are sent again` : 'Not saved yet. Your words stay here and are sent again')
    } finally {
      busy = false
    }
  }

  setInterval(save, every)
  let leaving = false
  form.addEventListener('submit', () => { leaving = true })
  addEventListener('pageshow', () => { leaving = false })
  addEventListener('pagehide', () => {
    if (!leaving && picture(form) !== sent) navigator.sendBeacon(url, new FormData(form))
  })
}

function picture (form) {
  const pairs = [...new FormData(form)].filter(([name]) => name !== 'version' && name !== 'csrfmiddlewaretoken')
  return JSON.stringify(pairs.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]))
}

export function watchAutosave () {
  for (const form of document.querySelectorAll('form[data-autosave-url]')) watch(form)
}
