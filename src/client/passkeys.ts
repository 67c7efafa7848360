/**
 * Passkeys: the server's question is put to the browser, and the browser's answer goes into the form, which is sent as any other.
 * Without script, or in a browser that knows no passkeys, the button is not there, and every form has another way.
 */
type Ask = (question: never) => Promise<Credential | null>

const known = typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

const add: Ask = (question) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
const show: Ask = (question) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) })

for (const box of known ? document.querySelectorAll<HTMLElement>('[data-passkey]') : []) {
  const form = box.closest('form')!
  const said = box.querySelector('[role=status]')!
  box.hidden = false
  box.querySelector('button')!.addEventListener('click', async () => {
    said.textContent = ''
    try {
      const credential = await (box.dataset['passkey'] === 'add' ? add : show)(await questionOf(box, form))
      box.querySelector('input')!.value = JSON.stringify(credential)
      form.requestSubmit()
    } catch (error) {
      said.textContent = sentenceOf(error)
    }
  })
}

async function questionOf(box: HTMLElement, form: HTMLFormElement): Promise<never> {
  const csrf = form.querySelector<HTMLInputElement>('[name=csrf]')!.value
  const answer = await fetch(box.dataset['question']!, { method: 'POST', body: new URLSearchParams({ csrf }) })
  if (!answer.ok) throw new Error(`The question was answered with ${answer.status}.`)
  return await answer.json() as never
}

function sentenceOf(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'InvalidStateError') return 'This device has a passkey for you here already.'
  if (name === 'NotAllowedError') return 'No passkey was given. Try again, or go another way.'
  if (name === 'SecurityError') return 'Passkeys work only at this site’s own address, over https.'
  return 'That did not work. Load the page again, or go another way.'
}
