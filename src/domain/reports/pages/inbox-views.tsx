import { capital } from '../../../lib/words.ts'
import { Button, Form, PostButton } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/choices.tsx'
import { Field, Select, type Option } from '../../../ui/field.tsx'
import { at } from '../../../web/place.ts'
import { queues } from '../../gates/index.ts'
import { queryOf, type Filter } from '../desk/filter.ts'
import type { CaseField } from '../desk/fields.ts'
import type { Colleague } from '../people.ts'
import { channels, severities, states } from '../report.ts'

export interface Saved { id: string; name: string; query: string; shared: boolean; account_id: string }
export interface Views {
  saved: readonly Saved[]
  own: string | null
  assets: readonly { id: string; name: string }[]
  fields: readonly CaseField[]
  triagers: readonly Colleague[]
}

const plain = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: capital(value) }))

/** Every view is an address; those that are kept have a name. */
export const SavedViews = ({ saved, filter }: { saved: readonly Saved[]; filter: Filter }) => saved.length === 0 ? null : (
  <nav aria-label="Kept views">
    <ul class="results views">{saved.map(({ name, query, shared }) => (
      <li class="result"><a href={at(`/desk/reports?${query}`)}
        aria-current={queryOf(filter) === query ? 'page' : undefined}>{name}</a>{shared ? <span class="soft">shared</span> : null}</li>
    ))}</ul>
  </nav>
)

/** A form that gets: its address is the view. */
export const Narrow = ({ filter, views: { saved, own, assets, fields, triagers } }: { filter: Filter; views: Views }) => (
  <details class="sheet step">
    <summary>Narrow down{queryOf(filter) ? ', or keep this view' : ''}</summary>
    <form method="get" action={at('/desk/reports')} class="form finder">
      <Pick name="state" label="State" value={filter.state}
        options={[{ value: 'open', label: 'Open' }, { value: 'done', label: 'Done' }, { value: 'all', label: 'All' }, ...plain(states)]} />
      <Pick name="queue" label="Class" value={filter.queue} options={plain(queues)} any />
      <Pick name="severity" label="Severity" value={filter.severity} options={plain(severities)} any />
      <Pick name="asset" label="About" value={filter.asset} options={assets.map(({ id, name }) => ({ value: id, label: name }))} any />
      <Pick name="assignee" label="Whose" value={filter.assignee} any
        options={[{ value: 'me', label: 'Mine' }, { value: 'nobody', label: 'Nobody’s' }, ...triagers.map(({ id, name }) => ({ value: id, label: name }))]} />
      <Field name="tag" label="Tag" optional value={filter.tag} />
      <Pick name="channel" label="Came by" value={filter.channel} options={plain(channels)} any />
      {fields.some(({ kind }) => kind === 'choice') ? <Pick name="field" label="Your fields" value={filter.field} options={choicesOf(fields)} any /> : null}
      {(['overdue', 'waiting', 'unread', 'watched'] as const).map((name) => <Checkbox name={name} label={flags[name]} checked={filter[name] === 'yes'} />)}
      <Button look="second">Show</Button>
    </form>
    {queryOf(filter) ? (
      <Form to={`/desk/views?${queryOf(filter)}`}>
        <input type="hidden" name="query" value={queryOf(filter)} />
        <Field name="name" label="Keep this view as" />
        <Checkbox name="shared" label="For the whole team" />
        <Button look="second">Keep it</Button>
      </Form>
    ) : null}
    {saved.filter(({ account_id: account }) => account === own).map(({ id, name }) =>
      <PostButton to={`/desk/views/${id}/end`} look="quiet">Delete the view “{name}”</PostButton>)}
  </details>
)

const flags = { overdue: 'Late', waiting: 'Waiting for the reporter', unread: 'Not read by me', watched: 'Watched by me' }

const choicesOf = (fields: readonly CaseField[]): Option[] =>
  fields.filter(({ kind }) => kind === 'choice').flatMap(({ id, name,
    choices }) => choices.map((choice) => ({ value: `${id}:${choice}`, label: `${name}: ${choice}` })))

const Pick = ({ name, label, value, options, any }: { name: string; label: string; value?: string | undefined; options: readonly Option[]; any?: boolean }) =>
  <Select name={name} label={label} value={value} options={options} optional {...any && { placeholder: 'Any' }} />
