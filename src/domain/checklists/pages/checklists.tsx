import {
  Button, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, PageHead, PostButton, type Draft,
} from '../../../ui/index.ts'
import { textOf } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { ListedItem } from '../checklists.ts'
import type { List } from '../tables.ts'

const titles: Readonly<Record<List, string>> = { joiner: 'For who comes', mover: 'For who moves', leaver: 'For who goes' }
const words: Readonly<Record<List, string>> = { joiner: 'comes', mover: 'moves', leaver: 'goes' }

/** What is mine to do, what is due first, each with one button. */
export const MyChecklistPage = ({ page, items, errors }: { page: Page; items: readonly ListedItem[]; errors?: FieldErrors }) => (
  <DeskLayout page={page} title="My checklist">
    <PageHead title="My checklist" lead={items.length === 0 ? 'What is yours to do when somebody comes, moves or goes.' : leadOf(items)} />
    <ErrorSummary errors={errors} />
    {items.length === 0 ? <Empty title="Nothing is yours to do" text="When somebody comes, moves or goes, what is yours stands here." />
      : <ul class="results stack">{items.map((item) => (
          <li class="sheet stack">
            <p><strong>{item.item}</strong></p>
            <p class="soft">{item.name} {words[item.list]} · <Due of={item} />{item.records ? ' · goes into the record' : ''}</p>
            <PostButton to={`/me/checklist/${item.id}`}>Done<span class="unseen">: {item.item}, {item.name}</span></PostButton>
          </li>
        ))}</ul>}
  </DeskLayout>
)

function leadOf(items: readonly ListedItem[]): string {
  const late = items.filter((item) => item.late).length
  return `${items.length} to do${late > 0 ? `, ${late} late` : ''}.`
}

const Due = ({ of: { due_on: due, late } }: { of: ListedItem }) => late ? <strong>late, was due on {due}</strong> : <>due on {due}</>

/** One person's list, at the desk. */
export const Checklist = ({ page, list, items }: { page: Page; list: List; items: readonly ListedItem[] }) => (
  <section class="stack" aria-labelledby={`list-${list}`}>
    <h2 id={`list-${list}`}>{titles[list]}</h2>
    <Items page={page} caption={titles[list]} items={items} />
  </section>
)

const Items = ({ page, caption, items, withName = false }: { page: Page; caption: string; items: readonly ListedItem[]; withName?: boolean }) => (
  <DataTable caption={caption} rows={items} columns={[
    { head: 'What', header: true, cell: ({ item }) => item },
    ...withName ? [{ head: 'For', cell: ({ person, name }: ListedItem) => <a href={at(`/desk/people/${person}`)}>{name}</a> }] : [],
    { head: 'Whose', cell: ({ owner }) => owner },
    { head: 'When', cell: (item) => item.done_at ? `done on ${item.done_at.slice(0, 10)}` : item.open ? <Due of={item} /> : 'no longer called for' },
    { head: 'Done', cell: ({ id, item, name, open }) => open && page.may('people.manage')
      ? <PostButton to={`/desk/checklists/items/${id}`} look="quiet">Done<span class="unseen">: {item}, {name}</span></PostButton> : null },
  ]} />
)

interface Props { page: Page; items: readonly ListedItem[]; templates: readonly { list: List; items: string }[]; of: string | undefined; draft: Draft }

/** Everything that is open, and the lists that begin by themselves. */
export const ChecklistsPage = ({ page, items, templates, of, draft }: Props) => (
  <DeskLayout page={page} title="Checklists">
    <PageHead title="Checklists" trail={<a href={at('/desk/people')}>People</a>} lead={items.length === 0 ? 'Nothing is open.' : leadOf(items)} />
    <ErrorSummary errors={draft.errors} />
    {items.length === 0 ? null : <Items page={page} caption="What is open" withName items={items.toSorted((a, b) => (a.due_on < b.due_on ? -1 : 1))} />}
    {page.may('people.manage') ? templates.map(({ list, items: text }) => (
      <section class="sheet stack" aria-labelledby={`template-${list}`}>
        <h2 id={`template-${list}`}>{titles[list]}</h2>
        <Form to={`/desk/checklists/templates/${list}`}>
          <Field name="items" id={`items-${list}`} label={`What is to be done: ${titles[list].toLowerCase()}`} rows={10} code optional
            value={of === list ? textOf(draft.input, 'items') : text} error={of === list ? draft.errors?.['items'] : undefined}
            hint={`A line each: days (-7 is a week before), owner (self, manager, a role, or a mail address), item, records.
              Empty: the list that comes with Avow.`} />
          <Button>Save<span class="unseen"> the list {titles[list].toLowerCase()}</span></Button>
        </Form>
      </section>
    )) : null}
  </DeskLayout>
)
