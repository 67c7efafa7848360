import { Button, Form, Field, recordLine, Select, Standing, Time } from '../../../ui/index.ts'
import { valuesOf } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { Publication } from '../kinds.ts'
import type { CommitmentLine, PolicyDesk } from './policy-desk.tsx'

const shownTo: Readonly<Record<Publication, string>> = { private: 'The team', auditor: 'Auditors', public: 'Everybody' }

/** Each promise with its standing; ticked ones can be shown to others, many at once. */
export const CommitmentsForm = (of: PolicyDesk) => (
  <section class="stack" aria-labelledby="commitments">
    <h2 id="commitments">Promises</h2>
    {of.may.publish && !of.withdrawn
      ? <Form to={`/desk/policies/${of.slug}/commitments`} wide><CommitmentTable {...of} tick /><Choice {...of} /></Form>
      : <CommitmentTable {...of} />}
  </section>
)

const CommitmentTable = ({ slug, commitments, zone, input, tick }: PolicyDesk & { tick?: boolean }) => (
  <div class="table-box">
    <table class="table-cards">
      <caption><span class="unseen">Promises and their standings</span></caption>
      <thead>
        <tr>
          {tick ? <th scope="col"><span class="unseen">Choose</span></th> : null}
          {['Promise', 'Standing', 'Record', 'Shown to'].map(head => <th scope="col">{head}</th>)}
        </tr>
      </thead>
      <tbody>
        {commitments.map(c => (
          <tr>
            {tick ? <td><Tick line={c} ticked={valuesOf(input, 'marks').includes(c.mark)} /></td> : null}
            <th scope="row"><a href={at(`/desk/policies/${slug}/commitments/${c.mark}`)} data-walk>{c.sentence}</a></th>
            <td data-label="Standing">
              {c.standing ? <Standing standing={c.standing.standing} due={c.standing.due_at} zone={zone} /> : <span class="soft">not in force yet</span>}
            </td>
            <td data-label="Record">{c.standing ? recordLine(c.standing.record) : null}</td>
            <td data-label="Shown to"><ShownTo line={c} zone={zone} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const Tick = ({ line: { mark, sentence }, ticked }: { line: CommitmentLine; ticked: boolean }) =>
  <input type="checkbox" name="marks" value={mark} aria-label={`Choose “${sentence}”`} checked={ticked} />

const ShownTo = ({ line: { publication, publicFrom }, zone }: { line: CommitmentLine; zone: string }) =>
  <>{shownTo[publication]}{publicFrom === undefined ? null : <> from <Time at={publicFrom} zone={zone} dateOnly /></>}</>

const Choice = ({ input, errors }: PolicyDesk) => (
  <div class="cluster choice-bar">
    <Select name="publication" label="Show the chosen ones to" value={String(input?.publication ?? 'public')} error={errors?.publication ?? errors?.marks}
      options={(['public', 'auditor', 'private'] as const).map(value => ({ value, label: shownTo[value] }))} />
    <Field name="public_from" label="From" type="date" optional value={String(input?.public_from ?? '')} error={errors?.public_from} />
    <Button look="second">Change who sees them</Button>
  </div>
)
