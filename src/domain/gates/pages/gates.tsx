import {
  Button, Checkbox, CheckboxGroup, DefinitionList, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Tabs, Time, type Draft,
} from '../../../ui/index.ts'
import { valuesOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { pauseIntake, resumeIntake } from '../pause.ts'
import { configureGates, gateSettings, requirable, type GateSettings } from '../settings.ts'

/** What is asked of whoever reports something. */
export function gatePages(web: Web): void {
  web.get('/desk/gates', { may: 'reports.triage' }, (page) => gatesPage(page))
  web.form(configureGates, { at: 'POST /desk/gates', again: gatesPage, done: saying('Saved. It holds for whatever arrives from now on.') })
  web.form(pauseIntake, { at: 'POST /desk/gates/pause', again: gatesPage, done: saying('Paused. The form and the first page say so, and until when.') })
  web.form(resumeIntake,
    { at: 'POST /desk/gates/pause/end', again: gatesPage, done: saying('Reports are read again. What was deposited opens within a minute.') })
}

const saying = (sentence: string) => (_: unknown, page: Page) => {
  page.say(sentence)
  return '/desk/gates'
}

/** The pages about the way in, side by side. */
export const GateTabs = ({ here }: { here: string }) => (
  <Tabs label="Gates" here={here} tabs={[
    { to: '/desk/gates', label: 'What is asked' }, { to: '/desk/gates/blocks', label: 'Blocked senders' }, { to: '/desk/gates/cost', label: 'Spam and time' },
  ]} />
)

async function gatesPage(page: Page, input?: Entered, errors: FieldErrors = {}) {
  const settings = await page.reading(gateSettings)
  return (
    <DeskLayout page={page} title="Gates">
      <PageHead title="Gates" lead="What reports meet on their way in. None of it refuses a report: it decides which are read first." />
      <GateTabs here="/desk/gates" />
      <ErrorSummary errors={errors} />
      {page.may('organization.manage') ? (
        <>
          <Pause page={page} pause={settings.pause} input={input} errors={errors} />
          <Settings input={input?.trial_open === undefined ? shown(settings) : input} errors={errors} />
        </>
      ) : <AsSet page={page} settings={settings} />}
    </DeskLayout>
  )
}

const shown = (settings: GateSettings): Entered => ({
  trial_open: String(settings.trialOpen), per_sender: String(settings.perSender), per_network: String(settings.perNetwork),
  known_after: String(settings.knownAfter), wait_seconds: String(settings.waitSeconds), proof_of_work: settings.proofOfWork ? 'yes' : '',
  required: Object.fromEntries(settings.required.entries()),
})

const fieldNames: Record<(typeof requirable)[number], string> = {
  asset: 'Where', weakness: 'Kind of weakness', steps: 'Steps to reproduce', proof_of_concept: 'Proof of concept', impact: 'Impact',
}

/** For those who triage and do not set it. */
const AsSet = ({ page, settings }: { page: Page; settings: GateSettings }) => (
  <>
    {settings.pause ? <Paused page={page} pause={settings.pause} /> : null}
    <DefinitionList of={[
      ['Unjudged reports that an unknown sender may have open', settings.trialOpen], ['Reports of one sender in a day', settings.perSender],
      ['Reports of strangers from one network in an hour', settings.perNetwork],
      ['Accepted reports within a year that make a sender known', settings.knownAfter],
      ['Work asked of browsers', settings.proofOfWork ? `a second or two; without script the form is open for ${settings.waitSeconds} seconds` : 'none'],
      ['Fields that a report has to have', requirable.filter((name) => settings.required.includes(name)).map((name) => fieldNames[name]).join(', ') || 'none'],
    ]} />
    <p class="soft">Those who look after the organisation can change it.</p>
  </>
)

const Settings = (draft: Draft) => (
  <section class="sheet stack" aria-labelledby="gates-title">
    <h2 id="gates-title">What is asked of a stranger</h2>
    <p class="soft">Whoever goes beyond stands in the class “suspect”, with the reason, and is read last. The usual values suit most.</p>
    <Form to="/desk/gates">
      <Field {...kept(draft, 'trial_open')} label="Unjudged reports that an unknown sender may have open" type="number" />
      <Field {...kept(draft, 'per_sender')} label="Reports of one sender in a day" type="number" />
      <Field {...kept(draft, 'per_network')} label="Reports of strangers from one network in an hour" type="number"
        hint="A conference is one network. Whoever solved the proof of work, or comes through Tor, is not counted." />
      <Field {...kept(draft, 'known_after')} label="Accepted reports within a year that make a sender known" type="number" />
      <Checkbox name="proof_of_work" label="Ask browsers for a second or two of work"
        hint="It runs while the form is filled in, on this site alone. Without script the form has to be open for a while instead."
        checked={draft.input?.proof_of_work === 'yes'} />
      <Field {...kept(draft, 'wait_seconds')} label="Seconds that the form is open where no script runs" type="number" />
      <CheckboxGroup name="required" label="Fields that a report has to have" optional values={valuesOf(draft.input, 'required')}
        hint="Whoever cannot fill one in says why, and is let in. Each field more costs you reports."
        options={requirable.map((value) => ({ value, label: fieldNames[value] }))} />
      <Button>Save</Button>
    </Form>
  </section>
)

const Paused = ({ page, pause }: { page: Page; pause: NonNullable<GateSettings['pause']> }) =>
  <Notice tone="warning">Paused until <Time at={pause.until} zone={page.zone} />. What arrives is deposited, and opens then.</Notice>

const Pause = ({ page, pause, ...draft }: Draft & { page: Page; pause: GateSettings['pause'] }) => (
  <section class="sheet stack" aria-labelledby="pause-title">
    <h2 id="pause-title">Pause the intake</h2>
    {pause
      ? (
        <>
          <Paused page={page} pause={pause} />
          <PostButton to="/desk/gates/pause/end">Read reports again now</PostButton>
        </>
      )
      : (
        <>
          <p class="soft">
            For holidays and the like. Reports are taken in, dated and receipted; nobody here can read them before the day, and the times to answer
            count from then. The pause, and its end, stand in the public record.
          </p>
          <Form to="/desk/gates/pause">
            <Field {...kept(draft, 'until')} label="Reports are read again on" type="date" />
            <Field {...kept(draft, 'words')} label="Why, for those who come to report something" optional rows={2} />
            <Button look="second">Pause</Button>
          </Form>
        </>
      )}
  </section>
)
