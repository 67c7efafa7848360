import { Button, Checkbox, DataTable, DeskLayout, ErrorSummary, Field, FileField, Form, kept, Notice, PageHead, type Draft } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Fault } from '../read-team.ts'
import type { Planned } from '../import-team.ts'

export interface Preview { readonly sha256: string; readonly faults: readonly Fault[]; readonly planned: readonly Planned[] }
interface Props extends Draft { page: Page; of?: Preview | undefined }

const words = { add: 'is added', change: 'is changed', end: 'leaves', same: 'stays as it is' } as const

/** First looked at, then done. What was given stays in the field, whatever is wrong with it. */
export const ImportPage = ({ page, of, ...draft }: Props) => (
  <DeskLayout page={page} title="Import people">
    <PageHead title="Import people" trail={<a href={at('/desk/people')}>People</a>}
      lead="A file from the system that knows who works here. Nothing is changed before you have seen what would be." />
    <ErrorSummary errors={draft.errors} />
    {of ? <Seen of={of} draft={draft} /> : null}
    <section class="sheet stack" aria-labelledby="file">
      <h2 id="file">{of ? 'Another file, or corrected lines' : 'The file'}</h2>
      <Form to="/desk/people/import/preview" files>
        <FileField name="file" label="A file" accept=".csv,text/csv,text/plain" optional />
        <Field {...kept(draft, 'text')} label="Or its lines" rows={10} code optional
          hint={`The first line names the columns: id, email, name, title, department, country, manager, start, end, roles.
            Only name and one of email and id have to be there.`} />
        <Checkbox name="end_missing" label="Whoever came by a file before and is missing in this one has left"
          checked={draft.input?.['end_missing'] === 'yes'} />
        <Button>Look at what would change</Button>
      </Form>
    </section>
  </DeskLayout>
)

const Seen = ({ of: { faults, planned, sha256 }, draft }: { of: Preview; draft: Draft }) => {
  const changed = planned.filter(({ what }) => what !== 'same')
  return (
    <section class="stack" aria-labelledby="seen">
      <h2 id="seen">{summary(planned)}</h2>
      {faults.length > 0 ? (
        <Notice tone="warning" title="Some of it cannot be read, so nothing can be imported yet">
          <ul>{faults.map(({ line, column, message }) => <li>Line {line}, {column}: {message}</li>)}</ul>
        </Notice>
      ) : null}
      {changed.length === 0 ? null : <DataTable caption="What would change" rows={changed} columns={[
        { head: 'Name', header: true, cell: ({ name }) => name },
        { head: 'Line', cell: ({ line }) => line ?? 'not in the file' },
        { head: 'What', cell: ({ what }) => words[what] },
        { head: 'Changes', cell: ({ changes }) => changes.map(({ column, from, to }) => `${column}: ${from || 'nothing'} → ${to || 'nothing'}`).join('; ') },
      ]} />}
      {faults.length > 0 ? null : (
        <Form to="/desk/people/import">
          <input type="hidden" name="text" value={String(draft.input?.['text'] ?? '')} />
          <input type="hidden" name="end_missing" value={String(draft.input?.['end_missing'] ?? '')} />
          <Button>{changed.length === 0 ? 'Record that the team is as the file says' : 'Import this'}</Button>
        </Form>
      )}
      <p class="soft">The file’s SHA-256 goes into the record: <code class="digest">{sha256}</code></p>
    </section>
  )
}

function summary(planned: readonly Planned[]): string {
  const count = (what: Planned['what']) => planned.filter((one) => one.what === what).length
  return `${count('add')} to add, ${count('change')} to change, ${count('end')} to end, ${count('same')} as they are`
}
