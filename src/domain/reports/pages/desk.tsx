import type { z } from 'zod'
import type { Actor } from '../../../access/actor.ts'
import { dutiesAbout } from '../../../commitments/index.ts'
import type { Tx } from '../../../db/tx.ts'
import { NotFound } from '../../../lib/errors.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { runVerb } from '../../../verbs/run.ts'
import type { Verb } from '../../../verbs/verb.ts'
import { seeOther } from '../../../web/answer.ts'
import { attachmentDownload } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { acceptReport } from '../accept-report.ts'
import { acknowledgeReport } from '../acknowledge-report.ts'
import { askReporter } from '../ask-reporter.ts'
import { closeReport } from '../close-report.ts'
import { deskOf } from '../desk/desk-of.ts'
import { markRead as markReadVerb } from '../desk/reads.ts'
import { filledIn, templates } from '../desk/templates.ts'
import { draftsOf, saveDraft } from '../drafts.ts'
import { openFinding } from '../duplicates/open-finding.ts'
import { originalFor } from '../duplicates/read-original.ts'
import { eraseReport } from '../erase-report.ts'
import { findReportNamed, getReport } from '../find.ts'
import { fixReport } from '../fix-report.ts'
import { noteReport } from '../note-report.ts'
import { colleaguesFor } from '../people.ts'
import { readReport, unlessErased } from '../read-report.ts'
import { reopenReport } from '../reopen-report.ts'
import { resolveReport } from '../resolve-report.ts'
import { addPerson, openToTeam, removePerson, restrictReport } from '../restrict-report.ts'
import { recordRetest, requestRetest } from '../retest.ts'
import { startFix, startVerification } from '../start-work.ts'
import { verifyReport } from '../verify-report.ts'
import { writeReporter } from '../write-reporter.ts'
import { CasePage } from './case.tsx'
import { caseForms } from './case-forms.tsx'
import { valuesOf } from './template-values.ts'
import { inboxPages } from './inbox-desk.tsx'
import { drawParts } from './parts.ts'

const team = { may: 'reports.read' } as const

/** What can be done to a report at the desk: the noun in the address, the verb, and what is said when it is done. */
const steps: readonly (readonly [noun: string, verb: Verb<z.ZodObject<{ report: z.ZodUUID }>, unknown>, said: string])[] = [
  ['acknowledgement', acknowledgeReport, 'Acknowledged. The reporter can read it now.'],
  ['verification', verifyReport, 'Verified.'],
  ['acceptance', acceptReport, 'Accepted.'],
  ['fix', fixReport, 'Noted: the fix is live.'],
  ['resolution', resolveReport, 'Resolved. The reporter can read it now.'],
  ['verification-start', startVerification, 'Noted: you are reproducing it.'],
  ['fix-start', startFix, 'Noted: the fix is being made.'],
  ['retest', requestRetest, 'Asked. The reporter can read it now.'],
  ['retest-result', recordRetest, 'Recorded. The reporter can read it now.'],
  ['reopening', reopenReport, 'Open again. The reporter can read why.'],
  ['original-opening', openFinding, 'Opened. The reporter can read it now.'],
  ['message', writeReporter, 'Sent. The reporter can read it now.'],
  ['question', askReporter, 'Asked. The reporter can read it now.'],
  ['note', noteReport, 'Noted for the team.'],
  ['closure', closeReport, 'Closed. The reporter can read why.'],
  ['erasure', eraseReport, 'Erased for good.'],
  ['restriction', restrictReport, 'Restricted to you. Add whoever else has to see it.'],
  ['opening', openToTeam, 'Open to the team again.'],
  ['people', addPerson, 'Added.'],
] as never

/** The team's side: inbox, case, steps. */
export function deskPages(web: Web): void {
  inboxPages(web)
  web.get('/desk/:case{[A-Za-z][A-Za-z0-9]*-[0-9]+}', team, async (page) => {
    const id = await page.reading((tx) => findReportNamed(tx, page.actor, page.param('case')))
    if (!id) throw new NotFound()
    return seeOther(page, `/desk/reports/${id}`)
  })
  web.get('/desk/reports/:report', team, (page) => casePage(page))
  web.post('/desk/reports/:report/template', { may: 'reports.triage' }, insertTemplate)
  caseForms(web, casePage)
  for (const [noun, verb, said] of steps) {
    web.form(verb, {
      at: `POST /desk/reports/:report/${noun}`,
      again: (page, input, errors) => casePage(page, noun, input, errors),
      done(result, page) {
        page.say(isSuspended(result) ? 'Nothing was erased: a legal hold stands against it. You are told when it can be done.' : said)
        return `/desk/reports/${page.param('report')}`
      },
    })
  }
  web.form(acknowledgeReport, {
    at: 'POST /desk/reports/:report/message-acknowledgement',
    again: (page, input, errors) => casePage(page, 'message', input, errors),
    async done(_, page, { report }) {
      await runVerb(page.deps, saveDraft, page.actor, page.organization.id, { report, kind: 'message', message: '' })
      page.say('Acknowledged. The reporter can read it now.')
      return `/desk/reports/${report}`
    },
  })
  for (const kind of ['message', 'note'] as const) {
    web.form(saveDraft, {
      at: `POST /desk/reports/:report/${kind}-draft`,
      own: () => ({ kind }),
      again: (page, input, errors) => casePage(page, `${kind}-draft`, input, errors),
      done(_, page) {
        if (page.url.searchParams.has('quietly')) return new Response(null, { status: 204 })
        page.say('Kept as your draft. Nobody else sees it.')
        return `/desk/reports/${page.param('report')}`
      },
    })
  }
  web.form(removePerson, {
    at: 'POST /desk/reports/:report/people/:person/end',
    again: (page, input, errors) => casePage(page, 'people', input, errors),
    done: (_, { actor }, { report, person }) => actor.kind === 'member' && actor.accountId === person ? '/desk/reports' : `/desk/reports/${report}`,
  })
  web.get('/desk/reports/:report/files/:file', team, async (page) => {
    const report = await page.reading((tx) => getReport(tx, page.actor, page.param('report')))
    return attachmentDownload(page, { kind: 'report', id: report.id }, page.param('file'))
  })
}

const isSuspended = (result: unknown): boolean => (result as { suspended?: boolean } | null | undefined)?.suspended === true

async function casePage(page: Page, doing?: string, input?: Entered, errors?: FieldErrors) {
  await markRead(page, page.param('report'))
  return page.atOneMoment(async () => {
    const report = await page.read(readReport, { report: page.param('report') })
    const [duties, shown, main, after, side] = await Promise.all([
      page.reading((tx) => dutiesAbout(tx, { report: report.id })), page.reading((tx) => besideReport(tx, page.actor, report.id)),
      drawParts(page, report, 'case', [0, 50]), drawParts(page, report, 'case', [50, Infinity]), drawParts(page, report, 'case-side'),
    ])
    const desk = { ...shown.desk, templates: shown.desk.templates.map((one) => ({ ...one, body: filledIn(one.body, valuesOf(page, report, duties)) })) }
    return <CasePage page={page} report={report} duties={duties} {...shown} desk={desk} parts={{ main, after, side }} doing={doing} input={input}
      errors={errors} />
  })
}

async function besideReport(tx: Tx, actor: Actor, id: string) {
  const report = await getReport(tx, actor, id)
  const [colleagues, drafts, original, desk] = await Promise.all([
    colleaguesFor(tx, report.id), unlessErased(draftsOf(tx, actor, report)), originalFor(tx, actor, report), deskOf(tx, actor, report),
  ])
  return { colleagues, drafts: drafts ?? { message: '', note: '' }, original, desk, now: tx.now.epochMilliseconds }
}

/** What a page fetches by itself shows that it stands open; only what somebody opens counts as read. */
async function markRead(page: Page, report: string): Promise<void> {
  const as = page.request.headers.has('hx-request') ? 'open' : 'read'
  if (page.actor.kind === 'member') await runVerb(page.deps, markReadVerb, page.actor, page.organization.id, { report, as })
}

/** The case again, with the template behind what was typed. */
async function insertTemplate(page: Page, input: Entered) {
  const report = await page.read(readReport, { report: page.param('report') })
  const duties = await page.reading((tx) => dutiesAbout(tx, { report: report.id }))
  const chosen = (await page.reading(templates)).find(({ id }) => id === textOf(input, 'template'))
  const typed = textOf(input, 'message').trimEnd()
  const text = chosen ? filledIn(chosen.body, valuesOf(page, report, duties)) : ''
  return casePage(page, 'message', { ...input, message: [typed, text].filter(Boolean).join('\n\n') }, {})
}
