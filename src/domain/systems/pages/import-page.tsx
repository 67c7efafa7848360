import { Actions, Button, DataTable, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Time, type Draft } from '../../../ui/index.ts'
import { findKind } from '../../../ledger/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import type { Opening } from '../import-evidence.ts'
import { Code } from './parts.tsx'

/** An import as it waits for a second person, or as it was made. */
export interface Proposed {
  readonly id: string
  readonly rows: readonly Opening[]
  readonly proposedAt: Date
  readonly recordedAt: Date | null
  /** Whoever proposed it does not approve it. */
  readonly own: boolean
}

interface Props extends Draft { page: Page; proposed: Proposed | null; reading: readonly Opening[] }

export const ImportPage = ({ page, proposed, reading, ...draft }: Props) => (
  <DeskLayout page={page} title="Import from before">
    <PageHead title="Import from before" trail={<a href={at('/desk/evidence')}>Evidence</a>}
      lead="When things were last done before Avow, so that deadlines count from then. It happens once, and is marked as unwitnessed." />
    <ErrorSummary errors={draft.errors} />
    {proposed ? <Before of={proposed} zone={page.zone} /> : null}
    {proposed?.recordedAt ? null : <Paste draft={draft} reading={reading} />}
  </DeskLayout>
)

const Before = ({ of: { id, rows, proposedAt, recordedAt, own }, zone }: { of: Proposed; zone: string }) => (
  <section class="stack" aria-labelledby="proposed">
    <h2 id="proposed">{recordedAt ? 'What was imported' : 'Waits for approval'}</h2>
    {recordedAt
      ? <p>Imported <Time at={recordedAt} zone={zone} />. What is done now is recorded.</p>
      : <Notice><p>Proposed <Time at={proposedAt} zone={zone} />. {own ? waits : 'Look through it, and approve it if it is right.'}</p></Notice>}
    <Rows rows={rows} caption="What was done before" />
    {recordedAt || own ? null : <PostButton to={`/desk/evidence/import/${id}/approval`} look="first">Approve the import</PostButton>}
  </section>
)

const waits = 'Somebody else has to approve it. Importing again replaces it.'

const Paste = ({ draft, reading }: { draft: Draft; reading: readonly Opening[] }) => (
  <section class="stack" aria-labelledby="paste">
    <h2 id="paste">Paste a list</h2>
    <p>A line for each: kind, subject, day; and where the kind needs them, marks and a note. Cells copied from a spreadsheet and JSON lines are read too.</p>
    <Code label="Example" text={example} />
    <Form to="/desk/evidence/import" wide guard>
      <Field {...kept(draft, 'text')} label="List" rows={10} code />
      {reading.length > 0 ? <Rows rows={reading} caption="What it says" /> : null}
      <Actions>
        {reading.length > 0 ? <Button>Import {reading.length} {reading.length === 1 ? 'entry' : 'entries'}</Button> : null}
        <Button look={reading.length > 0 ? 'second' : 'first'} formaction={at('/desk/evidence/import-reading')}>Preview</Button>
      </Actions>
    </Form>
  </section>
)

const example = `kind,subject,date,marks,note
access.reviewed,avow,2026-01-15
pentest.completed,autumn-2025,2025-10-02,,"Two findings, both closed"
risk-assessment.completed,2025,2025-11-20,fraud_considered=yes
training.passed,person=ada@example.org; course=security-basics,2025-12-01`

const Rows = ({ rows, caption }: { rows: readonly Opening[]; caption: string }) => (
  <DataTable caption={caption} rows={rows} columns={[
    { head: 'What', header: true, cell: ({ kind }) => findKind(kind)?.about ?? kind },
    { head: 'About', cell: ({ subjects }) => Object.entries(subjects).map(([subject, name]) => `${subject} ${name}`).join(', ') },
    { head: 'When', cell: ({ effective_at: when }) => when },
    { head: 'Marks', cell: ({ marks }) => Object.entries(marks).map(([mark, value]) => `${mark.replaceAll('_', ' ')} ${value}`).join(', ') },
    { head: 'Note', cell: ({ note }) => note },
  ]} />
)
