/**
 * The page `/verify`: checks the log, receipts and what else we hand out with the code of the command, in this browser. Elements that it drives, by id:
 *
 * - `verify`: around everything; `data-address` is the organisation's address
 * - `verify-log`: form; `log-witnesses` (textarea, a key a line), `verify-progress` (label with span and progress), `log-result` (where the outcome goes)
 * - `verify-receipt`: form; `receipt-drop` (files may be dropped on it), `receipt-files` (file input), `receipt-key` (input), `receipt-witnesses`
 *   (textarea), `receipt-result`
 *
 * With `?policy=…&commitment=…` it computes at once, and shows that promise first, in an element with the id `promise`.
 *
 * Both forms are hidden until this runs; the first stays so in a browser that cannot compute standings.
 */
import { chooseTrust, httpSource, verifyLog, type Finding } from 'avow-verify'
import { checkFor } from './verify-files.ts'
import { showDuplicate, showLog, showProblem, showPublished, showReceipt } from './verify-result.ts'

const get = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E
const root = get('verify')

/** The promise that the link was about: the page computes it at once and shows it first. */
const asked = new URLSearchParams(location.search)
const wanted = asked.has('policy') && asked.has('commitment') ? { policy: asked.get('policy')!, mark: asked.get('commitment')! } : undefined

/** Deadlines are counted in the organisation's time zone. */
const canCount = typeof Temporal !== 'undefined'
const cannotCount = 'This browser cannot count dates in other time zones (it has no “Temporal”), so it cannot compute the standings. '
  + 'A newer browser can, and so can the command below. Receipts can be checked here all the same.'

if (root) {
  if (canCount) whenSent('verify-log', 'log-result', checkLog)
  if (canCount && wanted) get<HTMLFormElement>('verify-log').requestSubmit()
  else get('log-result').replaceChildren(showProblem(cannotCount))
  whenSent('verify-receipt', 'receipt-result', checkFiles)
  acceptDrops(get('receipt-drop'), get('receipt-files'))
}

function whenSent(formId: string, resultId: string, run: () => Promise<Node>): void {
  const form = get<HTMLFormElement>(formId)
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector('button')!
    button.disabled = true
    const outcome = await run().catch((error: unknown) => showProblem(error instanceof Error ? error.message : String(error)))
    get(resultId).replaceChildren(outcome)
    document.getElementById('promise')?.focus()
    button.disabled = false
  })
}

function address(): string {
  return new URL(root.dataset.address!, location.href).href
}

function witnesses(id: string): string[] {
  return get<HTMLTextAreaElement>(id).value.split('\n').map((line) => line.trim()).filter(Boolean)
}

async function checkLog(): Promise<Node> {
  const progress = get('verify-progress')
  const [text, bar] = [progress.querySelector('span')!, progress.querySelector('progress')!]
  progress.hidden = false
  try {
    return showLog(await verifyLog({
      url: address(),
      fetch: (url) => fetch(url),
      witnesses: witnesses('log-witnesses'),
      now: Date.now(),
      progress(what, done, of) {
        text.textContent = `Reading ${what}: ${done} of ${of}`
        bar.max = of
        bar.value = done
      },
    }), wanted)
  } finally {
    progress.hidden = true
  }
}

async function checkFiles(): Promise<Node> {
  const check = await checkFor([...(get<HTMLInputElement>('receipt-files').files ?? [])])
  const key = get<HTMLInputElement>('receipt-key').value.trim()
  const findings: Finding[] = []
  const recorder = { note: (code: string, message: string) => void findings.push({ code, message }) }
  const trust = await chooseTrust(httpSource(address(), (url) => fetch(url)), { keys: key ? [key] : [], witnesses: witnesses('receipt-witnesses') }, recorder)
  const known = <R extends { readonly notes: readonly Finding[] }>(result: R): R => ({ ...result, notes: [...findings, ...result.notes] })
  if (check.of === 'duplicate') return showDuplicate(known(await check.run(trust)))
  return check.of === 'published' ? showPublished(known(await check.run(trust))) : showReceipt(known(await check.run(trust)))
}

function acceptDrops(zone: HTMLElement, input: HTMLInputElement): void {
  zone.addEventListener('dragover', (event) => event.preventDefault())
  zone.addEventListener('drop', (event) => {
    event.preventDefault()
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files
  })
}
