import type { Child, PropsWithChildren } from 'hono/jsx'
import { Time } from './time.tsx'

export interface Step {
  readonly title: Child
  readonly at?: Temporal.Instant | Date | string
  readonly state?: 'done' | 'open' | 'late'
  readonly body?: Child
}

/** What has happened in a case, oldest first, and what is still to come (`open`, `late`). */
export const Timeline = ({ steps, zone }: { steps: readonly Step[]; zone?: string }) => (
  <ol class="timeline">
    {steps.map(({ title, at, state = 'done', body }) => (
      <li class={`step-${state}`}>
        <div class="timeline-head">
          <strong>{title}</strong>
          {state === 'late' ? <span class="standing is-broken">late</span> : null}
          {at ? <Time at={at} zone={zone ?? 'UTC'} /> : null}
        </div>
        {body}
      </li>
    ))}
  </ol>
)

interface MessageProps { from: Child; at: Temporal.Instant | Date | string; to?: 'outside' | 'team'; zone?: string; asWritten?: boolean }

/** One message. What only the team sees has another ground, a dashed edge and says so: nobody may mistake one for the other. */
export const Message = ({ from, at, to = 'outside', zone = 'UTC', asWritten = true, children }: PropsWithChildren<MessageProps>) => (
  <article class={to === 'team' ? 'message message-team' : 'message'}>
    <header class="message-head">
      <strong>{from}</strong>
      {to === 'team' ? <span>Team only: the reporter does not see this</span> : null}
      <Time at={at} zone={zone} />
    </header>
    <div class={asWritten ? 'message-body as-written' : 'message-body'}>{children}</div>
  </article>
)
