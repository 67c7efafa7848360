/**
 * What the team types to somebody is kept as their draft after each pause, and when the page is left. Whatever is sent waits for a keeping that is
 * under way, which else could outlive what was sent.
 */
interface Keeping { waiting?: ReturnType<typeof setTimeout>; sending?: Promise<unknown> | undefined }

const PAUSE_MS = 2000
/** Beyond it a browser sends nothing once the page is gone. */
const MOST_KEPT_ALIVE = 60_000
const keepings = new Map<HTMLFormElement, Keeping>()

const keptForm = (target: EventTarget | null): HTMLFormElement | null =>
  target instanceof Element ? target.closest<HTMLFormElement>('form[data-typed]') : null

document.addEventListener('input', event => {
  const form = keptForm(event.target)
  if (!form) return
  const keeping = keepings.get(form) ?? {}
  keepings.set(form, keeping)
  clearTimeout(keeping.waiting)
  keeping.waiting = setTimeout(() => keep(form, keeping), PAUSE_MS)
})

document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement
  const own = keepings.get(form)
  if (own) forget(own)
  // The page that comes next shows what was typed in the other boxes, so that is kept first.
  for (const [other, keeping] of keepings) if (other !== form && keeping.waiting !== undefined) keep(other, keeping)
  const sendings = [...keepings.values()].flatMap(({ sending }) => sending ?? [])
  if (sendings.length === 0) return
  event.preventDefault()
  void Promise.all(sendings).then(() => form.requestSubmit(event.submitter))
})

addEventListener('pagehide', () => {
  for (const [form, keeping] of keepings) if (keeping.waiting !== undefined) keep(form, keeping)
})

function keep(form: HTMLFormElement, keeping: Keeping): void {
  forget(keeping)
  const fields = [...new FormData(form)].flatMap(([name, value]) => typeof value === 'string' ? [[name, value]] : [])
  const body = new URLSearchParams(fields)
  const sending = fetch(form.dataset.typed!, { method: 'POST', body, keepalive: body.toString().length < MOST_KEPT_ALIVE }).then(({ ok }) => {
    if (ok) form.querySelector('[data-kept]')?.replaceChildren('Kept as your draft.')
  }).catch(() => {}).finally(() => { if (keeping.sending === sending) keeping.sending = undefined })
  keeping.sending = sending
}

function forget(keeping: Keeping): void {
  clearTimeout(keeping.waiting)
  delete keeping.waiting
}
