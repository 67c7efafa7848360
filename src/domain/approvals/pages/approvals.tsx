import { confirmCorrection } from '../../../ledger/index.ts'
import { ButtonLink, DataTable, DeskLayout, Empty, ErrorSummary, PageHead, PostButton } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { confirmCopy, copyDownload, rejectCopy } from '../../agreements/index.ts'
import { approveExercise, ExerciseMail } from '../../exercises/index.ts'
import { confirmOverride } from '../../first-days/index.ts'
import { approvePolicy } from '../../policies/index.ts'
import { approveImport } from '../../systems/index.ts'
import { listApprovals } from '../waiting.ts'

type Waiting = Awaited<ReturnType<typeof listApprovals.run>>

export function approvalPages(web: Web): void {
  const again = approvalsPage
  const done = (_: unknown, page: Page) => {
    page.say('Approved.')
    return '/desk/approvals'
  }
  web.get('/desk/approvals', { may: 'approvals.give' }, (page) => approvalsPage(page))
  web.form(approvePolicy, { at: 'POST /desk/approvals/policies/:policy', again, done })
  web.form(confirmCorrection, { at: 'POST /desk/approvals/corrections/:index', again, done })
  web.form(confirmCopy, { at: 'POST /desk/approvals/copies/:signature', again, done })
  web.form(rejectCopy, { at: 'POST /desk/approvals/copies/:signature/rejection', again, done: (_, page) => {
    page.say('It was deleted.')
    return '/desk/approvals'
  } })
  web.get('/desk/approvals/copies/:signature/file', { may: 'approvals.give' }, copyDownload)
  web.form(confirmOverride, { at: 'POST /desk/approvals/first-days/:person', again, done })
  web.form(approveExercise, { at: 'POST /desk/approvals/exercises/:exercise', again, done })
  web.form(approveImport, { at: 'POST /desk/approvals/imports/:import', again, done })
}

async function approvalsPage(page: Page, _?: Entered, errors?: FieldErrors) {
  const { policies, corrections, exercises, imports, copies, first_days: firstDays } = await page.read(listApprovals, {})
  const count = [policies, corrections, exercises, imports, copies, firstDays].reduce((sum, { length }) => sum + length, 0)
  return (
    <DeskLayout page={page} title="Approvals">
      <PageHead title="Approvals" lead={count === 0 ? 'Nothing waits for a second person.' : 'What waits until a second person has looked at it.'}>
        <ButtonLink href={at('/desk/emergencies')} look="quiet">Emergencies</ButtonLink>
      </PageHead>
      <ErrorSummary errors={errors} />
      {count === 0 ? <Empty title="Nothing to approve" text="What takes two people stands here, and you get a mail." /> : null}
      {policies.map((policy) => <PolicySheet policy={policy} />)}
      {corrections.map((correction) => <CorrectionSheet correction={correction} />)}
      {copies.map((one) => <CopySheet of={one} />)}
      {firstDays.map((one) => <FirstDaySheet of={one} />)}
      {exercises.map((exercise) => <ExerciseSheet exercise={exercise} />)}
      {imports.map((one) => <ImportSheet of={one} />)}
    </DeskLayout>
  )
}

const PolicySheet = ({ policy: { policy, title, version, summary, text, text_sha256, yours } }: { policy: Waiting['policies'][number] }) => (
  <section class="sheet stack" aria-label={title}>
    <h2>{title}, version {version}</h2>
    <p>{summary || 'It says nothing of what changed.'} <a href={at(`/desk/policies/${policy}/changes`)}>See what changed in the text</a></p>
    <details><summary>The whole text</summary><pre tabindex={0}>{text}</pre></details>
    {yours ? <Yours /> : <PostButton to={`/desk/approvals/policies/${policy}`} values={{ text_sha256 }} look="first">Approve this text</PostButton>}
  </section>
)

const CorrectionSheet = ({ correction: { index, reason, yours } }: { correction: Waiting['corrections'][number] }) => (
  <section class="sheet stack" aria-label={`Correction of entry ${index}`}>
    <h2>Entry {index} was wrong</h2>
    <p>{reason}</p>
    <p class="soft">Nothing is deleted: what the entry decided shows as corrected, with this reason, to everybody and for ever.</p>
    {yours ? <Yours /> : <PostButton to={`/desk/approvals/corrections/${index}`} look="first">Confirm the correction</PostButton>}
  </section>
)

const ExerciseSheet = ({ exercise: { exercise, first_day: first, last_day: last, yours, ...mail } }: { exercise: Waiting['exercises'][number] }) => (
  <section class="sheet stack" aria-label={`Exercise: ${mail.subject}`}>
    <h2>A phishing mail to the team</h2>
    <p>Harmless: its link leads to a short lesson. It goes to everybody on the team and to nobody else, between {first} and {last}. Keep it to yourself.</p>
    <ExerciseMail of={mail} />
    {yours ? <Yours /> : <PostButton to={`/desk/approvals/exercises/${exercise}`} look="first">Approve this exercise</PostButton>}
  </section>
)

const ImportSheet = ({ of: { id, rows, yours } }: { of: Waiting['imports'][number] }) => (
  <section class="sheet stack" aria-label="Import from before">
    <h2>What was done before Avow</h2>
    <p>{rows.length} {rows.length === 1 ? 'entry' : 'entries'}, imported once and marked as unwitnessed. Deadlines count from them.</p>
    <DataTable caption="Entries" rows={rows} columns={[
      { head: 'What', cell: ({ kind }) => <code>{kind}</code>, header: true },
      { head: 'When', cell: ({ effective_at }) => effective_at },
    ]} />
    {yours ? <Yours /> : <PostButton to={`/desk/approvals/imports/${id}`} look="first">Approve the import</PostButton>}
  </section>
)

const CopySheet = ({ of: { signature, agreement, name, signed_on: on, yours } }: { of: Waiting['copies'][number] }) => (
  <section class="sheet stack" aria-label={`Agreement signed by ${name}`}>
    <h2>{name} signed “{agreement}” on paper</h2>
    <p>The day on it is said to be {on}.{' '}
      <a href={at(`/desk/approvals/copies/${signature}/file`)}>Look at the file</a>: is it this agreement, this person, this day?</p>
    {yours ? <Yours /> : (
      <div class="actions">
        <PostButton to={`/desk/approvals/copies/${signature}`} look="first">I have looked at it, and it is right</PostButton>
        <PostButton to={`/desk/approvals/copies/${signature}/rejection`} look="quiet">It is not: delete it</PostButton>
      </div>
    )}
  </section>
)

const FirstDaySheet = ({ of: { person, name, reason, sentences, yours } }: { of: Waiting['first_days'][number] }) => (
  <section class="sheet stack" aria-label={`First day of ${name}`}>
    <h2>{name} is to begin, although something is missing</h2>
    <p>{reason}</p>
    <p class="soft">Broken by it, in the open:{' '}
      {sentences.map((sentence) => `“${sentence}”`).join(' ') || 'nothing any more; the first day can be confirmed'}</p>
    {yours ? <Yours /> : <PostButton to={`/desk/approvals/first-days/${person}`} look="danger">Let them begin all the same</PostButton>}
  </section>
)

const Yours = () => <p class="soft">You have said yes to it. It waits for somebody else.</p>
