import { Button, Checkbox, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, RadioGroup, Time,
  type Draft } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { namesOfPeople } from '../../people/index.ts'
import { listHolds, type Hold } from '../find.ts'
import { liftHold, placeHold } from '../place-hold.ts'

export function holdPages(web: Web): void {
  web.get('/desk/holds', { may: 'holds.read' }, (page) => holdsPage(page))
  web.form(placeHold, { at: 'POST /desk/holds', again: holdsPage, done: () => '/desk/holds' })
  web.form(liftHold, {
    at: 'POST /desk/holds/:hold/end', again: (page, _, errors) => holdsPage(page, {}, { '': Object.values(errors)[0] ?? '' }),
    done({ offered }, page) {
      page.say(offered === 0 ? 'The hold is lifted.' : `The hold is lifted. ${offered} of those who asked for an erasure ${offered === 1 ? 'is' : 'are'} told.`)
      return '/desk/holds'
    },
  })
}

async function holdsPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { holds, waiting } = await page.read(listHolds, {})
  const names = await page.reading((tx) => namesOfPeople(tx, holds.flatMap(({ kind, subject }) => kind === 'person' && subject ? [subject] : [])))
  return <HoldsPage page={page} holds={holds} waiting={waiting} names={names} input={input} errors={errors} />
}

interface Props extends Draft { page: Page; holds: readonly Hold[]; waiting: number; names: (personId: string) => string }

const HoldsPage = ({ page, holds, waiting, names, ...draft }: Props) => {
  const living = holds.filter(({ lifted_at: lifted }) => lifted === null)
  const over = holds.filter(({ lifted_at: lifted }) => lifted !== null)
  const about = (hold: Hold) => <Subject hold={hold} names={names} />
  return (
    <DeskLayout page={page} title="Legal holds">
      <PageHead title="Legal holds" lead="What must not be erased while a dispute or an inquiry lasts." />
      <ErrorSummary errors={draft.errors} />
      {waiting > 0 ? <Notice tone="plain" title={waiting === 1 ? 'One erasure waits' : `${waiting} erasures wait`}>
        <p>They were asked for while a hold stood against them. When it is lifted, whoever asked is told that it can be done.</p>
      </Notice> : null}
      {living.length === 0 ? <Empty title="Nothing is on hold" text="Erasure and retention go their way." /> : (
        <DataTable caption="Living holds" rows={living} columns={[
          { head: 'What', header: true, cell: about },
          { head: 'Why', cell: ({ reason }) => reason },
          { head: 'Since', cell: (hold) => <><Time at={hold.placed_at} zone={page.zone} />, by {hold.placed_by}</> },
          ...page.may('holds.manage') ? [{ head: 'Lift', cell: ({ hold }: Hold) => <Lift hold={hold} /> }] : [],
        ]} />
      )}
      {page.may('holds.manage') ? <Place {...draft} /> : null}
      {over.length > 0 ? (
        <DataTable caption="Lifted" unseenCaption={false} rows={over} columns={[
          { head: 'What', header: true, cell: about },
          { head: 'Why it was placed', cell: ({ reason }) => reason },
          { head: 'From', cell: (hold) => <><Time at={hold.placed_at} zone={page.zone} />, by {hold.placed_by}</> },
          { head: 'Until', cell: (hold) => <><Time at={hold.lifted_at!} zone={page.zone} />, by {hold.lifted_by}</> },
        ]} />
      ) : null}
    </DeskLayout>
  )
}

const Subject = ({ hold: { kind, subject }, names }: { hold: Hold; names: (personId: string) => string }) => {
  if (subject === null) return <>{kind === 'report' ? 'All reports' : 'All people of the team'}</>
  return kind === 'person' ? <>{names(subject)}</> : <a href={at(`/desk/reports/${subject}`)}>A report</a>
}

const Lift = ({ hold }: { hold: string }) => (
  <details>
    <summary>Lift it</summary>
    <Form to={`/desk/holds/${hold}/end`}>
      <Field name="reason" id={`reason-${hold}`} label="Why it can end" />
      <Button look="second">Lift the hold</Button>
    </Form>
  </details>
)

const Place = (draft: Draft) => (
  <section class="sheet stack" aria-labelledby="place">
    <h2 id="place">Place a hold</h2>
    <p>From then on nothing that it covers is erased, whoever asks. The reason is for those who may read holds, and is sealed in the ledger.</p>
    <Form to="/desk/holds">
      <RadioGroup name="kind" label="What it is on" value={textOf(draft.input, 'kind') || 'report'} error={draft.errors?.['kind']}
        options={[{ value: 'report', label: 'A report' }, { value: 'person', label: 'A person of the team' }]} />
      <Field {...kept(draft, 'subject')} label="Which one" optional hint="The report’s number, or the person’s mail address." />
      <Checkbox name="all" label="All of this kind" checked={textOf(draft.input, 'all') === 'yes'} />
      <Field {...kept(draft, 'reason')} label="Why" rows={3} />
      <Button>Place the hold</Button>
    </Form>
  </section>
)
