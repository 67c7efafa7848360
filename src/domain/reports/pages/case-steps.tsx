import { capital } from '../../../lib/words.ts'
import { Button, Form } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/choices.tsx'
import { Field, kept, Select, type Draft } from '../../../ui/field.tsx'
import { textOf } from '../../../verbs/form-input.ts'
import type { ReportView } from '../read-report.ts'
import { closingReasons, reopeningReasons, severities, type ReopeningReason, type Step as StepName } from '../report.ts'

export interface Doing extends Draft { report: ReportView; doing?: string | undefined }

/** Each step that the state allows, the usual next one first and open. */
export const NextSteps = (of: Doing) => {
  const { steps, state, retest_asked: asked, unanswered } = of.report
  const can = (step: StepName) => steps.includes(step)
  return (
    <section class="stack" aria-labelledby="next-title">
      <h2 id="next-title">Next</h2>
      {can('acknowledge')
        ? <Step {...of} name="acknowledgement" title="Acknowledge" first><Words {...of} name="acknowledgement" label="To the reporter" /></Step> : null}
      {can('start-verification') ? <Step {...of} name="verification-start" title="Start to verify"><p>You begin to reproduce it.</p></Step> : null}
      {can('verify') ? <Step {...of} name="verification" title="Verify" first={state !== 'received' && !unanswered}><Severity {...of} /></Step> : null}
      {can('accept') ? <Step {...of} name="acceptance" title="Accept" first><p>It will be fixed. The times to fix start now.</p></Step> : null}
      {can('start-fix') ? <Step {...of} name="fix-start" title="Start the fix"><p>You begin to make the fix.</p></Step> : null}
      {can('fix') ? <Step {...of} name="fix" title="Fix is live" first><p>The fix is where users are.</p></Step> : null}
      {state === 'fixed' && !asked
        ? <Step {...of} name="retest" title="Ask for a retest"><Words {...of} name="retest" label="What to try, and where" /></Step> : null}
      {state === 'fixed' ? <Step {...of} name="retest-result" title="Record a retest"><Retest {...of} /></Step> : null}
      {can('resolve')
        ? <Step {...of} name="resolution" title="Resolve" first={!asked}><Words {...of} name="resolution" label="To the reporter" /></Step> : null}
      {can('close') ? <Step {...of} name="closure" title="Close without a fix" first={unanswered}><Closure {...of} /></Step> : null}
      {can('reopen') ? <Step {...of} name="reopening" title="Open it again"><Reopening {...of} /></Step> : null}
    </section>
  )
}

type StepProps = Doing & { name: string; title: string; first?: boolean; children?: unknown }

export const Step = ({ report, doing, name, title, first, children }: StepProps) => (
  <details class="sheet step" open={doing ? doing === name : first} name="step">
    <summary>{title}</summary>
    <Form to={`/desk/reports/${report.id}/${name}`}>{children as never}<Button look={first ? 'first' : 'second'}>{title}</Button></Form>
  </details>
)

/** What belongs to another step's refused form stays out of this one. */
export const draftOf = ({ doing, input, errors }: Doing, name: string): Draft => (doing === name ? { input, errors } : {})

/** A message's field. Only the step that was refused keeps the plain id, so that its error's link arrives. */
const Words = (of: Doing & { name: string; label: string }) =>
  <Field {...kept(draftOf(of, of.name), 'message')} id={idOf(of, 'message')} label={of.label} rows={5} />

const idOf = ({ doing, name }: Doing & { name: string }, field: string) => doing === name ? undefined : `${name}-${field}`

const Severity = (of: Doing) => (
  <>
    <Field {...kept(draftOf(of, 'verification'), 'cvss')} label="CVSS vector" optional code hint="3.1 or 4.0. The severity follows from it." />
    <Select {...kept(draftOf(of, 'verification'), 'severity')} label="Or a severity in a word" optional placeholder="By the vector"
      options={severities.map((value) => ({ value, label: capital(value) }))} />
  </>
)

const Retest = (of: Doing) => (
  <>
    <Select {...kept(draftOf(of, 'retest-result'), 'result')} label="Result" placeholder="Choose"
      options={[{ value: 'passed', label: 'The fix holds' }, { value: 'failed', label: 'It does not: back to the fix' }]} />
    <Words {...of} name="retest-result" label="To the reporter" />
  </>
)

const Closure = (of: Doing) => {
  const draft = draftOf(of, 'closure')
  return (
    <>
      <Select {...kept(draft, 'reason')} id={idOf({ ...of, name: 'closure' }, 'reason')} label="Reason" placeholder="Choose"
        options={closingReasons.map((value) => ({ value, label: capital(value) }))} />
      <fieldset class="field">
        <legend class="label">If it is a duplicate</legend>
        <Field {...kept(draft, 'original')} label="What came first" optional code
          hint="A report’s reference, or the number in the record of a finding of yours. Its reporter stays unnamed." />
        <Checkbox name="no_record" label="There is no earlier record" checked={textOf(draft.input, 'no_record') !== ''}
          hint="It is public already, or was known and never written down. The reporter is told that nothing proves it." />
      </fieldset>
      <Words {...of} name="closure" label="To the reporter" />
      <Field {...kept(draft, 'minutes')} id="closure-minutes" label="Minutes that it took you" optional type="number"
        hint="For the count of what reports cost." />
    </>
  )
}

const why: Record<ReopeningReason, string> = {
  appeal: 'The reporter objected, and is right', reproduced: 'It could be reproduced after all', 'not fixed': 'The fix does not hold',
  mistake: 'It was closed by mistake',
}

const Reopening = (of: Doing) => (
  <>
    <p>What was promised for a report that is opened again runs from now on.</p>
    <Select {...kept(draftOf(of, 'reopening'), 'reason')} id={idOf({ ...of, name: 'reopening' }, 'reason')} label="Why" placeholder="Choose"
      options={reopeningReasons.map((value) => ({ value, label: why[value] }))} />
    <Words {...of} name="reopening" label="To the reporter" />
  </>
)

export const Erasure = (of: Doing) => (
  <>
    <p>The words are gone and cannot be brought back. Times, standings and proofs stay.</p>
    <Select {...kept(draftOf(of, 'erasure'), 'what')} label="What" options={[
      { value: 'identity', label: 'Who reported it' },
      ...(of.report.open || !of.report.reported ? [] : [{ value: 'content', label: 'What was reported' }, { value: 'everything', label: 'Both' }]),
    ]} />
    <Select {...kept(draftOf(of, 'erasure'), 'reason')} id={idOf({ ...of, name: 'erasure' }, 'reason')} label="Why"
      options={[{ value: 'request', label: 'Somebody asked for it' }, { value: 'retention', label: 'Its time is over' }]} />
  </>
)
