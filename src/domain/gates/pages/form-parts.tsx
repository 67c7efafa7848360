import { asset } from '../../../ui/assets.ts'
import { Field, kept, Notice, Time, type Draft } from '../../../ui/index.ts'
import type { GateSettings } from '../settings.ts'

export interface Gate { readonly opened: string; readonly challenge: string; readonly settings: GateSettings }

/** What the form carries of the gates: when it was opened, the challenge that its script solves while somebody types, a code if they have one. */
export const EffortFields = ({ gate: { opened, challenge, settings }, ...draft }: Draft & { gate: Gate }) => (
  <>
    <input type="hidden" name="opened" value={opened} />
    {settings.proofOfWork
      ? <input type="hidden" name="proof" value={kept(draft, 'proof').value} data-challenge={challenge} data-worker={asset('proof-worker.js')} />
      : null}
    <details open={Boolean(draft.errors?.voucher)}>
      <summary>Somebody vouches for you?</summary>
      <Field {...kept(draft, 'voucher')} label="Their code" optional autocomplete="off"
        hint="A reporter whose report was accepted here can give you one, or you made one for yourself. Your report is then read among the first." />
    </details>
  </>
)

/** On the form and the first page while intake is paused: what happens to what is sent now. */
export const PauseNotice = ({ pause, zone }: { pause: GateSettings['pause']; zone: string }) => pause && (
  <Notice tone="warning" title="Reports are taken in now, and read later">
    <p>
      Until <Time at={pause.until.epochMilliseconds} zone={zone} /> nobody here reads reports. Yours is taken in, dated and sealed, and you get
      your receipt at once. On that day it opens, and from then on our times to answer count.
    </p>
    {pause.words ? <p class="as-written">{pause.words}</p> : null}
  </Notice>
)
