import { Button, Form, PostButton } from '../../../ui/button.tsx'
import { kept, Select, type Draft } from '../../../ui/field.tsx'
import type { Colleague } from '../people.ts'

interface Access extends Draft { report: { id: string; restricted: boolean }; added: readonly Colleague[]; others: readonly Colleague[]; mayChange: boolean }

/** Who sees the case, and who else shall or shall not. */
export const CaseAccess = ({ report, added, others, mayChange, ...draft }: Access) => (
  <section class="stack" aria-labelledby="access-title">
    <h2 id="access-title">Who sees it</h2>
    {report.restricted ? <p>These people, and nobody else of the team.</p> : <p class="soft">Everybody whose role reads reports.</p>}
    {report.restricted ? <ul>{added.map((one) => <Added report={report.id} one={one} mayRemove={mayChange && added.length > 1} />)}</ul> : null}
    {mayChange && report.restricted && others.length > 0 ? <Addition report={report.id} others={others} draft={draft} /> : null}
    {mayChange && report.restricted ? <PostButton to={`/desk/reports/${report.id}/opening`} look="quiet">Open it to the team</PostButton> : null}
    {mayChange && !report.restricted
      ? <PostButton to={`/desk/reports/${report.id}/restriction`}>Restrict it to me and whom I add</PostButton> : null}
  </section>
)

const Added = ({ report, one: { id, name }, mayRemove }: { report: string; one: Colleague; mayRemove: boolean }) => (
  <li>
    {name}
    {mayRemove ? <PostButton to={`/desk/reports/${report}/people/${id}/end`} look="quiet">Take {name} off</PostButton> : null}
  </li>
)

const Addition = ({ report, others, draft }: { report: string; others: readonly Colleague[]; draft: Draft }) => (
  <Form to={`/desk/reports/${report}/people`}>
    <Select {...kept(draft, 'person')} label="Add somebody" placeholder="Choose" options={others.map(({ id, name }) => ({ value: id, label: name }))} />
    <Button look="second">Add</Button>
  </Form>
)
