import { Button, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, RadioGroup, Time, type Draft } from '../../../../ui/index.ts'
import { textOf, type Entered } from '../../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { at } from '../../../../web/place.ts'
import { breakGlass, listEmergencies, mendGlass, reviewGlass } from '../break-glass.ts'

/** The access that is kept for emergencies: taking it, seeing who took it, saying whether it was called for. */
export function emergencyPages(web: Web): void {
  web.get('/desk/emergencies', { may: 'approvals.give' }, (page) => emergenciesPage(page))
  web.get('/desk/emergency', { may: 'access.break-glass' }, (page) => breakPage(page))
  web.form(breakGlass, {
    at: 'POST /desk/emergency', again: breakPage,
    done(_, page) {
      page.say('For an hour you may do whatever an administrator may. The others know.')
      return '/desk'
    },
  })
  web.form(mendGlass, { at: 'POST /desk/emergencies/:emergency/end', again: emergenciesPage, done: () => '/desk' })
  web.form(reviewGlass, { at: 'POST /desk/emergencies/:emergency/review', again: emergenciesPage, done: () => '/desk/emergencies' })
}

const breakPage = (page: Page, input?: Entered, errors?: FieldErrors) => (
  <DeskLayout page={page} title="Emergency">
    <PageHead title="Access for emergencies" lead="When somebody is needed and nobody who may is there." />
    <ErrorSummary errors={errors} />
    <Notice tone="warning">
      <p>For an hour you may do whatever an administrator may, and see reports that are restricted to others. You can pass none of it on.
        Your colleagues get a mail at once, the record keeps it, and one of them says afterwards whether it was called for.</p>
    </Notice>
    <Form to="/desk/emergency">
      <Field {...kept({ input, errors }, 'reason')} label="What has happened" rows={4}
        hint="Your colleagues read this. Name what you have to do, and why it cannot wait." />
      <Button look="danger">Take the access for an hour</Button>
    </Form>
  </DeskLayout>
)

type Emergency = Awaited<ReturnType<typeof listEmergencies.run>>['emergencies'][number]

async function emergenciesPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const { emergencies } = await page.read(listEmergencies, {})
  return (
    <DeskLayout page={page} title="Emergencies">
      <PageHead title="Emergencies" lead="When the access that is kept for them was taken, and whether it was called for."
        trail={<a href={at('/desk/approvals')}>Approvals</a>} />
      <ErrorSummary errors={errors} />
      {emergencies.length === 0
        ? <Empty title="It was never taken" text="When somebody takes it, it stands here until somebody else has looked at it." /> : null}
      {emergencies.map((emergency) => <EmergencySheet page={page} emergency={emergency} draft={{ input, errors }} />)}
      {page.may('access.break-glass') ? <p><a href={at('/desk/emergency')}>Take the access for emergencies</a></p> : null}
    </DeskLayout>
  )
}

interface SheetProps { page: Page; emergency: Emergency; draft: Draft }

const EmergencySheet = ({ page, emergency: { id, name, member, reason, broken_at, ends_at, open, justified }, draft }: SheetProps) => {
  const own = page.actor.kind === 'member' && page.actor.accountId === member
  return (
    <section class="sheet stack" aria-label={`Emergency of ${name}`}>
      <h2>{name}</h2>
      <p class="soft"><Time at={broken_at} zone={page.zone} /> to <Time at={ends_at} zone={page.zone} /></p>
      <p>{reason}</p>
      {justified === null ? null : <Notice tone={justified ? 'good' : 'bad'}>{justified ? 'It was called for.' : 'It was not called for.'}</Notice>}
      {open && (own || page.may('access.manage')) ? <PostButton to={`/desk/emergencies/${id}/end`}>End it now</PostButton> : null}
      {!open && justified === null && own ? <p class="soft">Somebody else says whether it was called for.</p> : null}
      {!open && justified === null && !own ? <Review id={id} draft={draft} /> : null}
    </section>
  )
}

const Review = ({ id, draft }: { id: string; draft: Draft }) => (
  <Form to={`/desk/emergencies/${id}/review`}>
    <RadioGroup name="justified" id={`justified-${id}`} label="Was it called for?" value={textOf(draft.input, 'justified')} error={draft.errors?.['justified']}
      options={[{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }]} />
    <Field {...kept(draft, 'finding')} id={`finding-${id}`} label="What you looked at, and what you found" rows={3} />
    <Button>Say so</Button>
  </Form>
)
