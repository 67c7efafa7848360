import type { Actor } from '../../../access/actor.ts'
import type { Allowance } from '../../../access/attempts.ts'
import { dutiesAbout } from '../../../commitments/index.ts'
import { awaitReceipt, contentFor } from '../../../ledger/index.ts'
import { newId } from '../../../lib/ids.ts'
import { Unauthenticated } from '../../../lib/errors.ts'
import { entered, textOf, type Entered } from '../../../verbs/form-input.ts'
import { html, seeOther } from '../../../web/answer.ts'
import { attachmentDownload, download } from '../../../web/download.ts'
import type { FieldErrors, Handler, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { effortFor, gateSettings, inTurn } from '../../gates/index.ts'
import { policyInForce } from '../../policies/index.ts'
import { answerTeam } from '../answer-team.ts'
import { findByPhraseHash, getReport, listAssets } from '../find.ts'
import { duplicateFile, readOriginal } from '../duplicates/read-original.ts'
import { phraseHash } from '../phrase.ts'
import { linkable, prefillOf } from '../prefill.ts'
import { followReport } from '../read-report.ts'
import { answerRetest } from '../retest.ts'
import { submitReport } from '../submit-report.ts'
import { begunHere, draftHere, filesHere, forgetDraft, withDraftFiles } from './draft.tsx'
import { drawParts } from './parts.ts'
import { ReceivedPage } from './received.tsx'
import { reviewPage } from './review.tsx'
import { ReportFormPage } from './report-form.tsx'
import { follow, followNew, freshPhrase, leave } from './reporter-session.ts'
import { securityTxtAnswer } from './security-txt.ts'
import { TrackedReportPage, TrackPage } from './track.tsx'

const anyone = { may: 'public.read' } as const
const reporter = { may: 'reports.follow' } as const
const reportsPerNetwork: Allowance = { name: 'report network', count: 300, perSeconds: 900 }
export const phrasesPerNetwork: Allowance = { name: 'track network', count: 600, perSeconds: 900 }

/** What researchers see: the form, what they get for it, and their report. */
export function reporterPages(web: Web): void {
  web.get('/report', anyone, async (page) => formPage(page, await begunAt(page), {}))
  web.form(submitReport, {
    at: 'POST /report',
    limit: reportsPerNetwork,
    keeps: true,
    around: (page, posted, act) => inTurn(page, posted, () => withDraftFiles(page, posted, act)),
    once: 'submission',
    again: formPage,
    ask: reviewPage,
    async done({ phrase }, page) {
      await forgetDraft(page)
      followNew(page.cookies, phrase)
      return '/track/received'
    },
  })
  web.get('/.well-known/security.txt', anyone, securityTxtAnswer)
  web.get('/track', anyone, (page) => <TrackPage page={page} errors={{}} />)
  web.post('/track', { ...anyone, limit: phrasesPerNetwork }, openReport)
  web.post('/track/leave', anyone, (page) => {
    leave(page.cookies)
    return seeOther(page, '/track')
  })
  web.get('/track/received', reporter, received)
  web.get('/track/report', reporter, (page) => trackedPage(page, {}, {}))
  web.form(answerTeam, { at: 'POST /track/report/messages', own: reportOf, again: trackedPage, done: () => '/track/report' })
  web.form(answerRetest, {
    at: 'POST /track/report/retest', own: reportOf, again: (page, input, errors) => trackedPage(page, input, errors, 'retest'), done: () => '/track/report',
  })
  web.get('/track/report/original', reporter, original)
  web.get('/track/report/receipt', reporter, receipt)
  web.get('/track/report/content', reporter, content)
  web.get('/track/report/files/:file', reporter, (page) => attachmentDownload(page, { kind: 'report', id: reportId(page.actor) }, page.param('file')))
}

/** What this browser has begun, and where that says nothing, what the link says. */
async function begunAt(page: Page): Promise<Entered> {
  const linked = prefillOf(entered(page.url.searchParams), await page.reading(listAssets), linkable)
  const begun = Object.entries(await begunHere(page) ?? {}).filter(([, value]) => value !== '')
  return { ...linked, ...Object.fromEntries(begun) }
}

export async function formPage(page: Page, input: Entered, errors: FieldErrors) {
  const submission = textOf(input, 'submission') || newId()
  const shown = await page.reading(async (tx) => {
    const [assets, policy, settings, effort] = await Promise.all([listAssets(tx), policyInForce(tx), gateSettings(tx), effortFor(tx, page.actor, submission)])
    // A form that comes back was open since it was opened first.
    return { assets, policy, gate: { ...effort, opened: textOf(input, 'opened') || effort.opened, settings } }
  })
  return <ReportFormPage page={page} {...shown} draft={await draftHere(page)} files={await filesHere(page, input)} input={input} errors={errors}
    submission={submission} />
}

async function openReport(page: Page, input: Entered) {
  const phrase = textOf(input, 'phrase').trim()
  const report = phrase && (await page.reading((tx) => findByPhraseHash(tx, phraseHash(phrase))))
  if (!report) return html(<TrackPage page={page} errors={{ phrase: 'No report has this phrase. Check each word; case and dashes do not matter.' }} />, 422)
  follow(page.cookies, phrase)
  return seeOther(page, '/track/report')
}

const received: Handler = async (page) => {
  const phrase = freshPhrase(page.cookies)
  if (!phrase) return seeOther(page, '/track/report')
  const report = await page.read(followReport, { report: reportId(page.actor) })
  // The clock starts when the report has its place in the ledger. If that takes long, the phrase is shown all the same.
  await awaitReceipt(page.deps.database, page.organization.id, report.entry, 2000).catch(() => {})
  const first = await owedNext(page, report.id)
  return <ReceivedPage page={page} reference={report.reference} phrase={phrase} promised={first && { sentence: first.sentence, dueAt: first.dueAt }} />
}

async function trackedPage(page: Page, input: Entered, errors: FieldErrors, doing?: 'retest') {
  const report = await page.read(followReport, { report: reportId(page.actor) })
  const { original: first } = await page.read(readOriginal, { report: report.id })
  const shown = { promised: await owedNext(page, report.id), original: first, parts: await drawParts(page, report, 'track') }
  return <TrackedReportPage page={page} report={report} {...shown} doing={doing} input={input} errors={errors} />
}

/** What the commitments make us do next about this report. */
const owedNext = async (page: Page, report: string) => (await page.reading((tx) => dutiesAbout(tx, { report })))[0]

const receipt: Handler = async (page) => {
  const report = await page.reading((tx) => getReport(tx, page.actor, reportId(page.actor)))
  return download(`${report.reference}.tlog-proof`, 'text/plain; charset=utf-8',
    await awaitReceipt(page.deps.database, page.organization.id, report.received_entry_id))
}

const original: Handler = async (page) => {
  const { reference, file } = await page.reading(async (tx) => {
    const report = await getReport(tx, page.actor, reportId(page.actor))
    return { reference: report.reference, file: await duplicateFile(tx, report) }
  })
  return download(`${reference}.duplicate.json`, 'application/json', file)
}

const content: Handler = async (page) => {
  const { reference, body } = await page.reading(async (tx) => {
    const report = await getReport(tx, page.actor, reportId(page.actor))
    return { reference: report.reference, body: await contentFor(tx, report.received_entry_id) }
  })
  return download(`${reference}.json`, 'application/json', body)
}

/** The one report that this reporter may see. */
function reportId(actor: Actor): string {
  if (actor.kind !== 'reporter') throw new Unauthenticated('Enter your tracking phrase first.')
  return actor.reportId
}

const reportOf = (page: Page) => ({ report: reportId(page.actor) })
