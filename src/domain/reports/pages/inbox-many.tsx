import type { PropsWithChildren } from 'hono/jsx'
import { capital } from '../../../lib/words.ts'
import { Actions, Button, PostButton } from '../../../ui/button.tsx'
import { Field, Select } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PostForm } from '../../../ui/post-form.tsx'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors } from '../../../web/module.ts'
import { doingWords } from '../desk/doing-words.ts'
import type { Colleague } from '../people.ts'
import { closingReasons } from '../report.ts'

export type Undoable = { batch: string; what: string; cases: number } | null

interface Ticking { triagers: readonly Colleague[]; query: string; input?: Entered | undefined; errors?: FieldErrors | undefined }

/** The list as one form: what is ticked, or all that the view shows, is changed at once. Each button says by its address what it does. */
export const ManyForm = ({ query, triagers, input, errors, children }: PropsWithChildren<Ticking>) => (
  <PostForm action={`/desk/many/change?${query}`} class="stack">
    {children}
    <details class="sheet step" open={input !== undefined} data-many>
      <summary>Do something with those ticked</summary>
      <div class="form">
        <div class="choice">
          <input type="checkbox" name="matching" value={query} id="all" checked={textOf(input, 'matching') !== ''} />
          <label for="all">Not those ticked, but all that this view shows, over all its pages (at most 200 at once)</label>
        </div>
        <Select name="assignee" label="Give them to" optional placeholder="Leave as it is" value={textOf(input, 'assignee')} error={errors?.assignee}
          options={[{ value: 'me', label: 'Me' }, { value: 'nobody', label: 'Nobody' }, ...triagers.map(({ id, name }) => ({ value: id, label: name }))]} />
        <Field name="add_tag" label="Add a tag" optional value={textOf(input, 'add_tag')} error={errors?.add_tag} />
        <Field name="remove_tag" label="Take a tag away" optional value={textOf(input, 'remove_tag')} error={errors?.remove_tag} />
        <Select name="watch" label="Watch" optional placeholder="Leave as it is" value={textOf(input, 'watch')}
          options={[{ value: 'yes', label: 'Watch them' }, { value: 'no', label: 'Watch them no longer' }]} />
        <Actions><Button look="second">Change them</Button><span class="soft">You can take this back for some minutes.</span></Actions>
        <Select name="reason" label="Or close them without a fix" optional placeholder="For which reason" value={textOf(input, 'reason')} error={errors?.reason}
          options={closingReasons.filter((reason) => reason !== 'duplicate').map((value) => ({ value, label: capital(value) }))} />
        <Field name="message" label="To each reporter" optional rows={3} value={textOf(input, 'message')} error={errors?.message} />
        <Actions>
          <Button look="danger" formaction={at(`/desk/many/closure?${query}`)}>Close them</Button>
          <span class="soft">Closing is an entry of the record for each: it cannot be taken back, only opened again.</span>
        </Actions>
      </div>
    </details>
  </PostForm>
)

export const Tick = ({ id, title, ticked }: { id: string; title: string; ticked: boolean }) =>
  <input type="checkbox" name="reports" value={id} checked={ticked} aria-label={`Tick ${title}`} data-tick />

/** What was done last, as long as it can be taken back. */
export const UndoLast = ({ lastDone }: { lastDone: Undoable }) => lastDone && lastDone.cases > 0 ? (
  <Notice>
    <p>You {doingWords(lastDone.what)}{lastDone.cases > 1 ? `, and more, in ${lastDone.cases} steps` : ''}.</p>
    <PostButton to="/desk/undo" values={{ batch: lastDone.batch }} look="quiet">Undo</PostButton>
  </Notice>
) : null
