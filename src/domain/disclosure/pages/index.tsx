import { instantOf } from '../../../db/timestamp.ts'
import { inFull } from '../../../ui/time.tsx'
import type { Entered } from '../../../verbs/form-input.ts'
import { textOf } from '../../../verbs/form-input.ts'
import type { Verb } from '../../../verbs/verb.ts'
import { download } from '../../../web/download.ts'
import type { FieldErrors, FormPage, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { addGuestPart } from '../../guests/index.ts'
import { addPart } from '../../reports/index.ts'
import { answerAsGuest, answerProposal, replyToProposal } from '../answer.ts'
import { embargoOf } from '../embargo.ts'
import { endEmbargoEarly, recordReportersDisclosure, tellOwnDisclosure } from '../end-early.ts'
import { setDisclosureHandling } from '../handling.ts'
import { askDisclosure, askEmbargo, proposeEmbargo, requestDisclosure, suggestEmbargo } from '../propose.ts'
import { publishReport } from '../publish.ts'
import { listPublished, readPublished, redactedFile } from '../published.ts'
import { agreeToPublication, approvePublication, markPublication, writePublication } from '../write-text.ts'
import { disclosedFeed } from './feed.ts'
import { disclosureHandlingPage } from './handling.tsx'
import { DisclosedPage, DisclosedReportPage } from './public.tsx'
import { guestPage, reporterPage, teamPage } from './sides.tsx'

const anyone = { may: 'public.read' } as const
type Draw = typeof teamPage
type AnyVerb = Verb<any, any>

export function disclosurePages(web: Web): void {
  publicPages(web)
  atDesk(web)
  asReporter(web)
  web.get('/guest/case/embargo', { may: 'reports.assist' }, (page) => guestPage(page))
  const asGuest = formsOf(web, '/guest/case/embargo', guestPage, () => '/guest/case/embargo')
  asGuest(suggestEmbargo, 'embargo', 'embargo', 'Proposed. The others are told.')
  asGuest(answerAsGuest, 'answers', 'answer', 'Answered. The others are told.')
  web.get('/desk/handling/disclosure', { may: 'policies.write' }, (page) => disclosureHandlingPage(page))
  web.form(setDisclosureHandling, {
    at: 'POST /desk/handling/disclosure', again: (page, input, errors) => disclosureHandlingPage(page, { input, errors }),
      done: () => '/desk/handling/disclosure',
  })
}

/** Forms of one side’s page: each comes back to it, filled where it was refused. */
function formsOf(web: Web, to: string, draw: Draw, home: (page: Page) => string, own?: FormPage<any, any>['own']) {
  return (verb: AnyVerb, path: string, doing: string, said: string) => web.form(verb, {
    at: `POST ${to}/${path}` as `POST /${string}`,
    ...own && { own },
    again: (page: Page, input: Entered, errors: FieldErrors) => draw(page, { doing: formIn(doing, input), input, errors }),
    done: (_: unknown, page: Page) => {
      page.say(said)
      return home(page)
    },
  })
}

/** Two proposals can be open at once, each with its own form. */
const formIn = (doing: string, input: Entered) => doing === 'answer' ? `answer-${textOf(input, 'about') || 'embargo'}` : doing

function atDesk(web: Web): void {
  const to = '/desk/reports/:report/disclosure'
  web.get(to, { may: 'reports.read' }, (page) => teamPage(page))
  const form = formsOf(web, to, teamPage, (page) => `/desk/reports/${page.param('report')}/disclosure`)
  form(proposeEmbargo, 'embargo', 'embargo', 'Proposed. The others are told.')
  form(requestDisclosure, 'requests', 'request', 'Asked. The reporter is told.')
  form(answerProposal, 'answers', 'answer', 'Answered. The others are told.')
  form(writePublication, 'text', 'text', 'Kept. The reporter is told that there is a text.')
  form(approvePublication, 'approval', 'approval', 'Approved.')
  form(publishReport, 'publication', 'publication', 'Published.')
  form(endEmbargoEarly, 'end', 'end', 'The embargo has ended, and everybody is told.')
  form(recordReportersDisclosure, 'by-reporter', 'by-reporter', 'Recorded. It breaks no promise of yours.')
}

function asReporter(web: Web): void {
  const to = '/track/report/disclosure'
  web.get(to, { may: 'reports.follow' }, (page) => reporterPage(page))
  const own = ({ actor }: Page) => ({ report: actor.kind === 'reporter' ? actor.reportId : '' })
  const form = formsOf(web, to, reporterPage, () => to, own)
  form(askEmbargo, 'embargo', 'embargo', 'Proposed. The others are told.')
  form(askDisclosure, 'requests', 'request', 'Asked. The team is told.')
  form(replyToProposal, 'answers', 'answer', 'Answered. The others are told.')
  form(markPublication, 'text', 'text', 'Kept. What you marked stays sealed.')
  form(agreeToPublication, 'approval', 'approval', 'Approved.')
  form(tellOwnDisclosure, 'own', 'own', 'The team is told.')
}

function publicPages(web: Web): void {
  web.get('/disclosed', anyone, async (page) => <DisclosedPage page={page} {...await page.read(listPublished, {})} />)
  web.get('/disclosed/feed.atom', anyone, async (page) => disclosedFeed(page, (await page.read(listPublished, {})).reports))
  web.get('/disclosed/:reference', anyone, async (page) =>
    <DisclosedReportPage page={page} report={await page.read(readPublished, { reference: page.param('reference') })} />)
  web.get('/disclosed/:reference/proof', anyone, async (page) => {
    const { reference } = await page.read(readPublished, { reference: page.param('reference') })
    return download(`${reference}.redacted.json`, 'application/json', await page.reading((tx) => redactedFile(tx, reference)))
  })
}

/** On the pages of a case: how it stands, and where more is done. */
const inBrief = async (page: Page, reportId: string, to: string) => {
  const embargo = await page.reading((tx) => embargoOf(tx, reportId))
  const runs = embargo && !embargo.ended_at
  return (
    <section class="stack" aria-labelledby="embargo-brief">
      <h2 id="embargo-brief">Embargo and disclosure</h2>
      <p>{runs ? `Confidential until ${inFull(instantOf(embargo.until), embargo.zone)}.` : 'No embargo runs.'}</p>
      <p><a href={at(to)}>Embargo and publication</a></p>
    </section>
  )
}

addPart({ name: 'disclosure', on: 'case-side', order: 50, may: 'reports.read', draw: (page, { id }) => inBrief(page, id, `/desk/reports/${id}/disclosure`) })
addPart({ name: 'disclosure', on: 'track', order: 60, draw: (page, { id }) => inBrief(page, id, '/track/report/disclosure') })
addGuestPart((page, { reportId }) => inBrief(page, reportId, '/guest/case/embargo'))
