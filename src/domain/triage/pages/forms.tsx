import { Button, Field, Form, kept, RadioGroup, type Draft } from '../../../ui/index.ts'

type OfReport = Draft & { report: string }

export const TimeForm = ({ report, ...draft }: OfReport) => (
  <Form to={`/desk/reports/${report}/time`}>
    <Field {...kept(draft, 'minutes')} label="Minutes that you spent on it" type="number" />
    <Button look="second">Add</Button>
  </Form>
)

export const BlockForm = ({ report, ...draft }: OfReport) => (
  <Form to={`/desk/reports/${report}/block`}>
    <Field {...kept(draft, 'reason')} id="block-reason" label="Why, as they will read it" rows={3} />
    <Button look="danger">Block whoever sent this</Button>
  </Form>
)

export const DecisionForm = ({ report, ...draft }: OfReport) => (
  <Form to={`/desk/reports/${report}/appeal`}>
    <RadioGroup {...kept(draft, 'outcome')} label="What do you decide?" options={[
      { value: 'reopened', label: 'They are right: open it again' }, { value: 'upheld', label: 'It stays as it is' },
    ]} />
    <Field {...kept(draft, 'message')} id="appeal-message" label="Your reasons, to the reporter" rows={4} />
    <Button look="second">Decide</Button>
  </Form>
)

export const AppealForm = (draft: Draft) => (
  <Form to="/track/report/appeal">
    <Field {...kept(draft, 'message')} id="appeal-message" label="Why this is not right" rows={5} />
    <Button look="second">Appeal</Button>
  </Form>
)
