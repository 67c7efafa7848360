import { living } from '../../../../access/memberships.ts'
import {
  Button, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Select, type Draft, type Option,
} from '../../../../ui/index.ts'
import type { Entered } from '../../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { announceAbsence, endAbsence, listAbsences, namesOf } from '../absences.ts'

/** Who is away, and who stands in. */
export function absencePages(web: Web): void {
  web.get('/desk/absences', { may: 'duties.read' }, (page) => absencesPage(page))
  web.form(announceAbsence, {
    at: 'POST /desk/absences', again: absencesPage,
    done(_, page) {
      page.say('Announced.')
      return '/desk/absences'
    },
  })
  web.form(endAbsence, { at: 'POST /desk/absences/:absence/end', again: absencesPage, done: () => '/desk/absences' })
}

type Absence = Awaited<ReturnType<typeof listAbsences.run>>['absences'][number]

async function absencesPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const { absences } = await page.read(listAbsences, {})
  const me = page.actor.kind === 'member' ? page.actor.accountId : ''
  const mayEnd = ({ member }: Absence) => member === me || page.may('access.manage')
  return (
    <DeskLayout page={page} title="Absences">
      <PageHead title="Absences" lead="Who is away, and who does their work meanwhile." />
      <ErrorSummary errors={errors} />
      {absences.filter(({ now, delegate }) => now && delegate === me).map(({ name, until }) => (
        <Notice title={`You stand in for ${name} until ${until}.`}>Until then you may do here what {name} may do. None of it can be passed on.</Notice>
      ))}
      {absences.length === 0 ? <Empty title="Everybody is here" text="Announce an absence before it begins, so that nothing waits." /> : (
        <DataTable caption="Absences" rows={absences} columns={[
          { head: 'Who', cell: ({ name, now }) => <>{name}{now ? <span class="soft"> (today)</span> : null}</>, header: true },
          { head: 'From', cell: ({ from }) => from },
          { head: 'Last day', cell: ({ until }) => until },
          { head: 'Stands in', cell: ({ delegate_name }) => delegate_name ?? 'nobody' },
          { head: 'End', cell: (absence) => mayEnd(absence)
            ? <PostButton to={`/desk/absences/${absence.id}/end`} look="quiet">{absence.name} is here</PostButton> : null },
        ]} />
      )}
      {page.may('own.do') ? <Announcement people={await colleagues(page)} me={me} others={page.may('access.manage')} draft={{ input, errors }} /> : null}
    </DeskLayout>
  )
}

const colleagues = (page: Page): Promise<Option[]> => page.reading(async (tx) => {
  const rows = await tx.db.selectFrom('memberships').select('account_id').where(living(tx)).orderBy('joined_at').execute()
  return [...await namesOf(tx, rows.map((row) => row.account_id))].map(([value, label]) => ({ value, label }))
})

interface AnnouncementProps { people: readonly Option[]; me: string; others: boolean; draft: Draft }

const Announcement = ({ people, me, others, draft }: AnnouncementProps) => (
  <section class="sheet stack" aria-labelledby="announce">
    <h2 id="announce">Announce an absence</h2>
    <p>Whoever stands in may do on those days what the person who is away may do. Restricted reports do not pass: add your colleague to those.</p>
    <Form to="/desk/absences">
      {others
        ? <Select {...kept(draft, 'member')} label="Who is away" optional placeholder="I am" options={people.filter(({ value }) => value !== me)} />
        : null}
      <Field {...kept(draft, 'from')} label="From" type="date" />
      <Field {...kept(draft, 'until')} label="Last day" type="date" />
      <Select {...kept(draft, 'delegate')} label="Who stands in" optional placeholder="Nobody" options={people.filter(({ value }) => others || value !== me)} />
      <Button>Announce</Button>
    </Form>
  </section>
)
