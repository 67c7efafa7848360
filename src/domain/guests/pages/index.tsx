import { instantOf } from '../../../db/timestamp.ts'
import { NotFound } from '../../../lib/errors.ts'
import { DeskLayout, ErrorSummary, Notice, PageHead } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { seeOther } from '../../../web/answer.ts'
import { attachmentDownload } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { addPart, readOnce, readReport } from '../../reports/index.ts'
import { findGuest, guestOf, guestsOf, noteLook } from '../guest.ts'
import { inviteGuest, removeGuest } from '../invite-guest.ts'
import { askMediation, concludeMediation, requestMediation, underWay } from '../mediate.ts'
import { mediatorsOf } from '../mediators.ts'
import { readCase } from '../read-case.ts'
import { enterAsGuest, leaveAsGuest } from '../session.ts'
import { guestBehind, writeAsGuest, writeToGuest } from '../talk.ts'
import { GuestChannels, GuestsBeside, InviteForm, MediationForm } from './case-guests.tsx'
import { GuestCasePage, InvitationPage } from './guest-case.tsx'
import { drawGuestParts } from './guest-parts.ts'
import { handlingPages } from './handling.tsx'
import { ReporterMediationPage } from './reporter-mediation.tsx'

const anyone = { may: 'public.read' } as const
const guest = { may: 'reports.assist' } as const

export function guestPages(web: Web): void {
  asGuest(web)
  atDesk(web)
  handlingPages(web)
  web.form(askMediation, {
    at: 'POST /track/report/mediation',
    own: ({ actor }) => ({ report: actor.kind === 'reporter' ? actor.reportId : '' }),
    again: (page, input, errors) => reporterMediationPage(page, input, errors),
    done: () => '/track/report',
  })
  web.get('/track/report/mediation', { may: 'reports.follow' }, (page) => reporterMediationPage(page))
}

function asGuest(web: Web): void {
  web.get('/guest/case', guest, (page) => guestCase(page))
  web.form(writeAsGuest, { at: 'POST /guest/case/messages', again: (page, input, errors) => guestCase(page, { input, errors }), done: () => '/guest/case' })
  web.form(concludeMediation, {
    at: 'POST /guest/case/conclusion', again: (page, input, errors) => guestCase(page, { doing: 'conclusion', input, errors }), done: () => '/guest/case',
  })
  web.get('/guest/case/files/:file', guest, async (page) => {
    const actor = guestBehind(page.actor)
    if (!actor.sees.files) throw new NotFound()
    await page.deps.database.write(page.organization.id, (tx) => noteLook(tx, actor, page.param('file')))
    return attachmentDownload(page, { kind: 'report', id: actor.reportId }, page.param('file'))
  })
  web.post('/guest/leave', anyone, (page) => {
    leaveAsGuest(page.cookies)
    return seeOther(page, '/')
  })
  web.get('/guest/:token', anyone, async (page) => {
    const invited = await guestByLink(page)
    return <InvitationPage page={page} token={page.param('token')} guest={invited} />
  })
  web.post('/guest/:token', anyone, async (page) => {
    await guestByLink(page)
    enterAsGuest(page.cookies, page.param('token'))
    return seeOther(page, '/guest/case')
  })
}

async function guestByLink(page: Page) {
  const found = await page.reading((tx) => guestOf(tx, page.param('token')))
  if (!found) throw new NotFound('This link is over, or was taken back. Ask whoever invited you for another one.')
  return found
}

async function guestCase(page: Page, draft: { doing?: 'conclusion'; input?: Entered; errors?: FieldErrors } = {}) {
  const actor = guestBehind(page.actor)
  const view = await page.read(readCase, {})
  const { row, mediation } = await page.deps.database.write(page.organization.id, async (tx) => {
    await noteLook(tx, actor, 'case')
    return { row: await findGuest(tx, actor.reportId, actor.guestId), mediation: await underWay(tx, actor.reportId) }
  })
  return <GuestCasePage page={page} guest={actor} view={view} until={instantOf(row!.ends_at)} mediating={mediation?.guest_id === actor.guestId}
    parts={await drawGuestParts(page, actor)} {...draft} />
}

function atDesk(web: Web): void {
  const done = (sentence: string) => (_: unknown, page: Page) => {
    page.say(sentence)
    return `/desk/reports/${page.param('report')}`
  }
  const again = (doing: 'invitation' | 'mediation') => (page: Page, input: Entered, errors: FieldErrors) => lettingIn(page, { doing, input, errors })
  web.get('/desk/reports/:report/guests', { may: 'reports.triage' }, (page) => lettingIn(page))
  web.form(inviteGuest, { at: 'POST /desk/reports/:report/guests', again: again('invitation'), done: done('Let in. The link is on its way.') })
  web.form(requestMediation, { at: 'POST /desk/reports/:report/mediation', again: again('mediation'), done: done('Called in. The reporter was told.') })
  web.form(removeGuest, { at: 'POST /desk/reports/:report/guests/:guest/end', again: again('invitation'), done: done('Removed. They see nothing any more.') })
  web.form(writeToGuest, { at: 'POST /desk/reports/:report/guests/:guest/messages', again: again('invitation'), done: done('Sent to this guest.') })
}

async function lettingIn(page: Page, { doing, input, errors }: { doing?: 'invitation' | 'mediation'; input?: Entered; errors?: FieldErrors } = {}) {
  const report = await page.read(readReport, { report: page.param('report') })
  const { mediators, open } = await page.reading(async (tx) => ({ mediators: await mediatorsOf(tx), open: await underWay(tx, report.id) }))
  return (
    <DeskLayout page={page} title={`Guests of ${report.reference}`}>
      <PageHead trail={<a href={at(`/desk/reports/${report.id}`)}>{report.reference}</a>} title="Somebody from outside" />
      <ErrorSummary errors={errors} />
      <InviteForm report={report.id} {...doing === 'invitation' ? { input, errors } : {}} />
      <section class="sheet stack" aria-labelledby="mediation-title">
        <h2 id="mediation-title">Call in a mediator</h2>
        {open ? <p>A mediator is called in already.</p> : null}
        {mediators.length === 0 ? <p class="soft">The programme names nobody yet. Name somebody at <a href={at('/desk/handling')}>Handling of cases</a>.</p>
          : null}
        {!open && mediators.length > 0
          ? <MediationForm to={`/desk/reports/${report.id}/mediation`} mediators={mediators} {...doing === 'mediation' ? { input, errors } : {}} /> : null}
      </section>
    </DeskLayout>
  )
}

async function reporterMediationPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const mediators = await page.reading(mediatorsOf)
  return <ReporterMediationPage page={page} mediators={mediators} input={input} errors={errors} />
}

const guestsOfCase = readOnce((page, { id }) => page.reading((tx) => guestsOf(tx, id)))

addPart({
  name: 'guests', on: 'case-side', order: 40, may: 'reports.read',
  draw: async (page, report) => {
    const guests = await guestsOfCase(page, report)
    return <GuestsBeside report={report.id} guests={guests} mayChange={page.may('reports.triage')} zone={page.zone} />
  },
})
addPart({
  name: 'guest channels', on: 'case', order: 90, may: 'reports.triage',
  draw: async (page, report) => {
    const guests = await guestsOfCase(page, report)
    return <GuestChannels report={report.id} guests={guests} messages={report.messages} zone={page.zone} />
  },
})
addPart({ name: 'mediation', on: 'track', order: 90, draw: mediationPart })

async function mediationPart(page: Page, report: { id: string }) {
  const { mediators, open } = await page.reading(async (tx) => ({ mediators: await mediatorsOf(tx), open: await underWay(tx, report.id) }))
  if (open) return <Notice>A mediator was called in, who reads what was reported and what both sides wrote, and writes to both.</Notice>
  return mediators.length === 0 ? null : (
    <section class="stack" aria-labelledby="mediation-title">
      <h2 id="mediation-title">If you and the team cannot agree</h2>
      <p>You can call in somebody from outside the team. <a href={at('/track/report/mediation')}>Choose a mediator</a></p>
    </section>
  )
}
