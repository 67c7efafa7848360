/**
 * The page around a running package (SCORM 1.2 and 2004): offers the interface that the package looks for in the windows above it, and reports
 * what the package says. `data-run` of the body says what runs; `player-frame` shows it; `player-state` tells the learner; `player-leave` leads back.
 */
import { api12, api2004, scorm12, scorm2004 } from './scorm/dialects.ts'
import { Reports, type Sent } from './scorm/reports.ts'
import { Session } from './scorm/session.ts'

interface Run {
  readonly standard: '1.2' | '2004'
  readonly item: { readonly id: string; readonly launch: string; readonly reports: boolean; readonly pass: number | null; readonly launchData: string }
  readonly attempt: string
  readonly address: string
  readonly values: Readonly<Record<string, string>>
}

const run = JSON.parse(document.body.dataset.run!) as Run
const frame = document.getElementById('player-frame') as HTMLIFrameElement
const leave = document.getElementById('player-leave') as HTMLAnchorElement
const state = document.getElementById('player-state')!

const reports = new Reports(`${run.address}/report`, run.item.id, say)
let leaving = false
const session = new Session(run.standard === '1.2' ? scorm12 : scorm2004, { ...run.item, attempt: run.attempt, values: run.values }, (values, over) => {
  reports.send(values, over)
  if (over) follow(values['adl.nav.request'])
})
if (run.standard === '1.2') Object.assign(window, { API: api12(session) })
else Object.assign(window, { API_1484_11: api2004(session) })

function say(sent: Sent): void {
  state.textContent = 'problem' in sent ? sent.problem
    : sent.passed === true ? 'Passed. You can leave.' : sent.passed === false ? 'Not passed this time. Leave, and take it again.' : 'Saved'
}

/** Where the package asks to go next (SCORM 2004 Sequencing and Navigation, 5.6): of its rules, only that. */
function follow(request: string | undefined): void {
  const here = document.querySelector('nav [aria-current]')?.parentElement
  const step = request === 'continue' ? here?.nextElementSibling : request === 'previous' ? here?.previousElementSibling : null
  if (step) void go(step.querySelector('a')!.href)
  else if (request && /^(exit|exitAll|suspendAll|abandon|abandonAll|continue)$/.test(request)) void go(leave.href)
}

/** The package is taken out of its frame first, since many report only when their page is left. */
async function go(address: string): Promise<void> {
  if (leaving) return
  leaving = true
  await new Promise((done) => {
    frame.addEventListener('load', done, { once: true })
    frame.src = 'about:blank'
  })
  save(reports.send.bind(reports))
  await reports.settled()
  location.assign(address)
}

/** What it set and never asked to keep. */
function save(send: (values: Record<string, string>, over: boolean) => void): void {
  if (session.state === 'running') send(session.values.all(), false)
}

for (const link of [leave, ...document.querySelectorAll<HTMLAnchorElement>('nav a')]) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    void go(link.href)
  })
}
addEventListener('pagehide', () => save(reports.sendLast.bind(reports)))

if (!run.item.reports) frame.addEventListener('load', () => reports.send({ 'cmi.completion_status': 'completed' }, true), { once: true })
frame.src = `${run.address}/files/${run.item.launch}`
