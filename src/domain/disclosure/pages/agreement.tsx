import type { Child } from 'hono/jsx'
import { instantOf } from '../../../db/timestamp.ts'
import { capital } from '../../../lib/words.ts'
import { Button, Field, Form, kept, Notice, RadioGroup, type Draft as Entries } from '../../../ui/index.ts'
import { inFull } from '../../../ui/time.tsx'
import { localParts } from '../moment.ts'
import type { ProposalView } from '../proposal.ts'
import type { Ending, Topic } from '../tables.ts'
import type { Matter } from './matter.ts'

/** A form of a page that has several: the one that was refused comes back filled. */
export interface Doing extends Entries { readonly doing?: string | undefined }
export const of = (form: string, { doing, ...draft }: Doing): Entries => (doing === form ? draft : {})
/** The form that was refused has the plain ids, so that the links of the summary lead there. */
export const idIn = (form: string, name: string, { doing }: Doing) => (doing === form ? {} : { id: `${form}-${name}` })

interface Folded extends Doing { form: string; title: string; lead?: string; children?: Child }

/** One of the things that can be done here. It is folded away until it is wanted, and open where it was refused. */
export const Fold = ({ form, title, lead, children, doing }: Folded) => (
  <details class="sheet step" open={doing === form} name="step">
    <summary>{title}</summary>
    {lead ? <p class="step-lead">{lead}</p> : null}
    {children}
  </details>
)

const endedWords: Record<Ending, string> = {
  over: 'It is over: its time had come.', leak: 'It ended early, because the matter leaked.',
    exploitation: 'It ended early, because the weakness is exploited.',
  other: 'It ended early.', reporter: 'It ended when the reporter made the matter public.', disclosed: 'It ended with the publication.',
}

/** Until when nobody publishes, in a sentence. */
export const Standing = ({ embargo, running, endedNote, usual, report, zone }: Matter & { zone: string }) => {
  if (embargo && running) {
    return <Notice title={`Embargo until ${inFull(instantOf(embargo.until),
      embargo.zone)}`}>Company and reporter both accepted it. Nobody publishes before.</Notice>
  }
  if (embargo?.ended_because) {
    return <Notice title={endedWords[embargo.ended_because]}>{endedNote ? <span class="as-written">{endedNote}</span> : null}</Notice>
  }
  if (report.disclosed_at) return <p>It is public.</p>
  return <p>No embargo is agreed.{usual ? ` Without one, we publish on ${inFull(usual, zone)} at the earliest, once the other side was asked.` : ''}</p>
}

const asked: Record<Topic, string> = { embargo: 'to keep it confidential until', disclosure: 'to publish it' }
const became = { agreed: 'Agreed.', declined: 'Declined.', replaced: 'Replaced by what follows.', over: 'Over.' } as const

const whenOf = ({ about, due, zone }: ProposalView) => due ? `${about === 'disclosure' ? 'on ' : ''}${inFull(Temporal.Instant.from(due), zone!)}`
  : 'as soon as both agree'

/** All that was proposed, and who accepted it by their own hand. */
export const History = ({ history, nameOf, zone }: Matter & { zone: string }) => history.length === 0 ? null : (
  <section class="stack" aria-labelledby="history-title">
    <h2 id="history-title">What was proposed</h2>
    <ol class="timeline">
      {history.map((proposal) => (
        <li class={proposal.outcome ? 'step-done' : 'step-open'}>
          <div class="timeline-head">
            <strong>{nameOf(proposal.party)} asked {asked[proposal.about]} {whenOf(proposal)}</strong>
            <span class="soft">{inFull(Temporal.Instant.from(proposal.at), zone)}</span>
          </div>
          <p class="as-written">{proposal.reason}</p>
          <ul>
            {proposal.answers.map(({ party, accepts, reason, at }) => (
              <li>{nameOf(party)} {accepts ? 'accepted' : 'declined'}{reason ? `: ${reason}` : ''} <span
                class="soft">{inFull(Temporal.Instant.from(at), zone)}</span></li>
            ))}
          </ul>
          <p class="soft">{proposal.outcome ? became[proposal.outcome] : waiting(proposal, zone)}</p>
        </li>
      ))}
    </ol>
  </section>
)

const waiting = ({ objectBy }: ProposalView, zone: string) =>
  objectBy ? `Waiting for an answer. The reporter may object until ${inFull(Temporal.Instant.from(objectBy), zone)}.` : 'Waiting for an answer.'

interface Answering extends Doing { to: string; matter: Matter; me: string }

/** For each proposal that is open to this reader and that they have not answered: yes, or no with a reason. */
export const Answers = ({ to, matter: { history, nameOf }, me, ...doing }: Answering) => (
  <>
    {history.filter(({ outcome, answers, about }) => (outcome === null || (outcome === 'agreed' && about === 'embargo' && !isSide(me)))
      && !answers.some(({ party, accepts }) => party === me && accepts)).slice(-2).map((proposal) => {
      const form = `answer-${proposal.about}`
      return (
        <section class="sheet stack" aria-labelledby={`${form}-title`}>
          <h2 id={`${form}-title`}>Your answer is asked for</h2>
          <p>{nameOf(proposal.party)} asked {asked[proposal.about]} {whenOf(proposal)}.</p>
          <p class="as-written">{proposal.reason}</p>
          <Form to={`${to}/answers`}>
            <input type="hidden" name="proposal" value={proposal.id} />
            <input type="hidden" name="about" value={proposal.about} />
            <RadioGroup {...kept(of(form, doing), 'answer')} {...idIn(form, 'answer', doing)} label="Your answer"
              options={[{ value: 'accept', label: 'Accept' }, { value: 'decline', label: 'Decline' }]} />
            <Field {...kept(of(form, doing), 'reason')} {...idIn(form, 'reason', doing)} label="Why not, if you decline" rows={2} optional
              hint="Or propose another date below: that is an answer, too." />
            <Button>Answer</Button>
          </Form>
        </section>
      )
    })}
  </>
)

const isSide = (me: string) => me === 'company' || me === 'reporter'

interface Proposing extends Doing { to: string; zone: string; usual: Temporal.Instant | null }

export const EmbargoForm = ({ to, zone, usual, ...doing }: Proposing) => {
  const draft = doing.doing === 'embargo' ? of('embargo', doing) : { input: usual ? localParts(usual, zone) : { date: '', time: '12:00', zone } }
  return (
    <Fold form="embargo" title="Propose a date for the embargo" {...doing}>
      <Form to={`${to}/embargo`}>
        <LocalFields form="embargo" draft={draft} doing={doing} />
        <Field {...kept(draft, 'reason')} {...idIn('embargo', 'reason', doing)} label="Why until then" rows={2} hint="Every party reads it." />
        <Button look="second">Propose this date</Button>
      </Form>
    </Fold>
  )
}

export const RequestForm = ({ to, zone, who, ...doing }: Omit<Proposing, 'usual'> & { who: string }) => {
  const draft = doing.doing === 'request' ? of('request', doing) : { input: { zone } }
  return (
    <Fold form="request" title="Ask to publish it" lead={`${capital(who)} can accept, decline, or name another date.`} {...doing}>
      <Form to={`${to}/requests`}>
        <LocalFields form="request" draft={draft} doing={doing} optional />
        <Field {...kept(draft, 'reason')} {...idIn('request', 'reason', doing)} label="What you have in mind" rows={2} hint={`${capital(who)} will read it.`} />
        <Button look="second">Ask</Button>
      </Form>
    </Fold>
  )
}

const LocalFields = ({ form, draft, doing, optional = false }: { form: string; draft: Entries; doing: Doing; optional?: boolean }) => (
  <>
    <Field {...kept(draft, 'date')} {...idIn(form, 'date', doing)} label="Day" type="date" optional={optional} />
    <Field {...kept(draft, 'time')} {...idIn(form, 'time', doing)} label="Hour" optional={optional} hint="Such as 14:00." />
    <Field {...kept(draft, 'zone')} {...idIn(form, 'zone', doing)} label="Whose clock" optional={optional} hint="Such as Europe/Zurich, or UTC."
      suggestions={['UTC', 'Europe/Zurich', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo']} />
  </>
)
