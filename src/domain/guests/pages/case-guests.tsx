import { Button, Checkbox, Field, Form, kept, Message, PostButton, Select, type Draft } from '../../../ui/index.ts'
import { Time } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import type { Message as Said } from '../../reports/index.ts'
import type { GuestLine } from '../guest.ts'
import type { Mediator } from '../mediators.ts'

/** Beside the case: who of outside sees what of it, and whom to let in. */
export const GuestsBeside = ({ report, guests, mayChange, zone }: { report: string; guests: readonly GuestLine[]; mayChange: boolean; zone: string }) => (
  <section class="stack" aria-labelledby="guests-title">
    <h2 id="guests-title">Guests</h2>
    {guests.length === 0 ? <p class="soft">Nobody from outside sees it.</p> : null}
    {guests.map((guest) => (
      <div class="stack">
        <p>
          <strong>{guest.name}</strong>{guest.role === 'mediator' ? ', mediator' : ''}, until <Time at={guest.until} zone={zone} dateOnly />.
          {' '}<span class="soft">Sees {seen(guest)}. {looked(guest)}{guest.lookedAt ? <Time at={guest.lookedAt} zone={zone} /> : null}</span>
        </p>
        {mayChange ? <PostButton to={`/desk/reports/${report}/guests/${guest.id}/end`} look="quiet">Remove {guest.name}</PostButton> : null}
      </div>
    ))}
    {mayChange ? <p><a href={at(`/desk/reports/${report}/guests`)}>Let somebody in, or call in a mediator</a></p> : null}
  </section>
)

const seen = ({ sees }: GuestLine) =>
  [sees.report && 'the report', sees.files && 'its files', sees.messages && 'both sides’ messages'].filter(Boolean).join(', ')
  || 'only what you write to them'
const looked = ({ looks }: GuestLine) => looks === 0 ? 'Has not looked yet.' : `Looked ${looks === 1 ? 'once' : `${looks} times`}, last `

/** In the case: what was said with each guest, apart from everything else, and a box that names the guest. */
interface Channels { report: string; guests: readonly GuestLine[]; messages: readonly Said[]; zone: string }

export const GuestChannels = ({ report, guests, messages, zone }: Channels) => (
  <>
    {guests.filter(({ role }) => role === 'guest').map((guest) => (
      <section class="stack" aria-labelledby={`channel-${guest.id}`}>
        <h2 id={`channel-${guest.id}`}>With {guest.name}</h2>
        {messages.filter((message) => message.guest === guest.id).map(({ voice, author, at, text }) =>
          <Message from={voice === 'guest' ? guest.name : author} at={at} zone={zone}>{text}</Message>)}
        <Form to={`/desk/reports/${report}/guests/${guest.id}/messages`}>
          <Field name="message" id={`to-${guest.id}`} label={`To ${guest.name} alone`} rows={3} hint="Neither the reporter nor other guests see it." />
          <Button look="second">Send to {guest.name}</Button>
        </Form>
      </section>
    ))}
  </>
)

export const InviteForm = ({ report, ...draft }: Draft & { report: string }) => {
  const ticked = (name: string) => draft.input?.[name] !== undefined
  return (
    <section class="sheet stack" aria-labelledby="invite-title">
      <h2 id="invite-title">Let somebody in</h2>
      <p>Another vendor, a fixer, a CERT. They need no account: the link that they are sent opens this one case until their access ends.</p>
      <Form to={`/desk/reports/${report}/guests`}>
        <Field {...kept(draft, 'name')} label="Who" />
        <Field {...kept(draft, 'address')} label="Mail address" type="email" />
        <Checkbox name="sees_report" label="They see what was reported" checked={ticked('sees_report')} />
        <Checkbox name="sees_files" label="They see its files" checked={ticked('sees_files')} error={draft.errors?.['sees_files']} />
        <Field {...kept(draft, 'days')} label="Days" type="number" optional hint="30 unless you say otherwise." />
        <Button>Send the link</Button>
      </Form>
      <p class="soft">They never see your notes, what you and the reporter write to each other, or who reported.</p>
    </section>
  )
}

/** The same for both sides: whom to call in, and why. */
export const MediationForm = ({ to, mediators, ...draft }: Draft & { to: string; mediators: readonly Mediator[] }) => (
  <Form to={to}>
    <Select {...kept(draft, 'mediator')} label="Mediator" placeholder="Choose" options={mediators.map(({ id, name }) => ({ value: id, label: name }))} />
    <Field {...kept(draft, 'message')} id="mediation-message" label="What it is about" rows={4} hint="The other side and the mediator read it." />
    <Button look="second">Call them in</Button>
  </Form>
)
