import type { HtmlEscapedString } from 'hono/utils/html'
import { Button, ErrorSummary, Field, Form, kept, Message, Notice, PageHead, PlainLayout, PostButton, PublicLayout, Select } from '../../../ui/index.ts'
import { inDays } from '../../../ui/time.tsx'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import type { Guest } from '../../../access/actor.ts'
import { Reported, type GuestView } from '../../reports/index.ts'
import { outcomes } from '../kinds.ts'

/** Behind the link of the letter: a step of one's own, so that no mail program opens the case by looking at the link. */
export const InvitationPage = ({ page, token, guest }: { page: Page; token: string; guest: Guest }) => (
  <PlainLayout page={page} title="A case that you were let into">
    <h1>A case that you were let into</h1>
    <p class="lead">
      {page.organization.name} asks you, {guest.guestName}, to {guest.mediates ? 'mediate in' : 'help with'} the report of a weakness.
    </p>
    <p>What you see is confidential. The team sees when you look, and at what.</p>
    <PostButton to={`/guest/${token}`} look="first">Open the case</PostButton>
  </PlainLayout>
)

interface Shown {
  page: Page
  guest: Guest
  view: GuestView
  until: Temporal.Instant
  /** A mediation of this guest that is still open. */
  mediating: boolean
  /** What other folders have to show. */
  parts: HtmlEscapedString[]
  doing?: 'conclusion' | undefined
  input?: Entered | undefined
  errors?: FieldErrors | undefined
}

/** The case as far as a guest was let. */
export const GuestCasePage = ({ page, guest, view, until, mediating, parts, doing, input, errors }: Shown) => (
  <PublicLayout page={page} title={`Case ${view.reference}`}>
    <PageHead title={view.reported?.title ?? `Case ${view.reference}`} lead={`${view.reference} · ${view.in_words}`} />
    <ErrorSummary errors={errors} />
    <Notice>{inWords(guest)} Your access ends on {inDays(until, page.zone)}. The team sees when you look.</Notice>
    {parts}
    {view.reported ? <Reported report={view} files="/guest/case/files" /> : null}
    <section class="stack" aria-labelledby="messages-title">
      <h2 id="messages-title">Messages</h2>
      {view.messages.length === 0 ? <p class="soft">Nothing has been written yet.</p> : null}
      {view.messages.map(({ author, at, text }) => <Message from={author} at={at} zone={page.zone}>{text}</Message>)}
      <Form to="/guest/case/messages">
        <Field {...kept(doing ? {} : { input, errors }, 'message')} label={guest.mediates ? 'To both sides' : 'To the security team'} rows={5} />
        <Button>{guest.mediates ? 'Send to both sides' : 'Send to the team'}</Button>
      </Form>
    </section>
    {mediating ? <Conclusion {...doing === 'conclusion' ? { input, errors } : {}} /> : null}
    <PostButton to="/guest/leave" look="quiet">Leave this case</PostButton>
  </PublicLayout>
)

const inWords = ({ mediates, sees }: Guest) => mediates
  ? 'You mediate: you see what was reported, its files, and what reporter and team wrote to each other. Both read what you write.'
  : `You see ${seenBy(sees).join(', ')}. Nobody else reads what you write here.`

const seenBy = ({ report, files }: Guest['sees']) =>
  [...report ? ['what was reported'] : [], ...files ? ['its files'] : [], 'what you and the team write to each other']

const said: Record<(typeof outcomes)[number], string> = {
  agreed: 'Both sides agree', 'for the reporter': 'The reporter is right', 'for the team': 'The team is right', open: 'It stays open between them',
}

const Conclusion = (draft: { input?: Entered | undefined; errors?: FieldErrors | undefined }) => (
  <section class="sheet stack" aria-labelledby="conclusion-title">
    <h2 id="conclusion-title">How it ends</h2>
    <Form to="/guest/case/conclusion">
      <Select {...kept(draft, 'outcome')} label="Outcome" placeholder="Choose" options={outcomes.map((value) => ({ value, label: said[value] }))} />
      <Field {...kept(draft, 'message')} id="conclusion-message" label="What both sides will read" rows={5} />
      <Button look="second">Conclude the mediation</Button>
    </Form>
  </section>
)
