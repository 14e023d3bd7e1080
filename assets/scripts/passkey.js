// Passkeys: a form asks the server for a question, lets the browser make or show a passkey, and sends the answer.
// Without scripts the form says so, and the codes remain.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const listed = (found = []) => found.map((one) => ({ ...one, id: bytes(one.id) }))

async function make (asked) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: listed(asked.excludeCredentials)
    }
  })
  return answer(made, ['clientDataJSON', 'attestationObject'])
}

async function show (asked) {
  const shown = await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) }
  })
  return answer(shown, ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'])
}

function answer (credential, parts) {
  const given = parts.filter((part) => credential.response[part])
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: Object.fromEntries(given.map((part) => [part, text(credential.response[part])]))
  }
}

const ceremonies = { make, show }

const words = {
  InvalidStateError: 'This device has a passkey of yours already.',
  NotAllowedError: 'No passkey was used. Try again, or sign in another way.'
}

async function question (form) {
  const token = form.elements.csrfmiddlewaretoken.value
  const given = await fetch(form.dataset.question, { method: 'POST', headers: { 'X-CSRFToken': token } })
  if (!given.ok || given.redirected) throw new Error('no question')
  const asked = await given.json()
  return asked.publicKey
}

export function offerPasskeys () {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const wrong = form.querySelector('[role=alert]')
    form.addEventListener('submit', async (event) => {
      const named = form.elements.name
      if (form.elements.answer.value || (named && named.value !== undefined && !named.value.trim())) return // the server says what is missing
      event.preventDefault()
      wrong.hidden = true
      try {
        form.elements.answer.value = JSON.stringify(await ceremonies[form.dataset.passkey](await question(form)))
        form.submit()
      } catch (failed) {
        wrong.textContent = window.PublicKeyCredential
          ? words[failed.name] ?? 'That did not work. Load the page again, or sign in another way.'
          : 'This browser has no passkeys. Sign in another way.'
        wrong.hidden = false
      }
    })
  }
}
