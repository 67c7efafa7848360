import { HeldBack, Invalid, Refusal, SecondFactorNeeded, TooMany } from '../lib/errors.ts'
import { newId } from '../lib/ids.ts'
import { PlainLayout } from '../ui/layout.tsx'
import type { Surroundings } from '../ui/surroundings.ts'
import { at } from './place.ts'
import { statusOf } from './status.ts'

/** Where to tell of what happens. Fields hold no personal data. */
export interface Log {
  error(fields: Record<string, unknown>, message: string): void
  info?(fields: Record<string, unknown>, message: string): void
}

export interface Failure {
  readonly status: number
  readonly headers: Record<string, string>
  readonly title: string
  readonly text: string
  readonly next?: { to: string; label: string }
}

/** What is said of an error, the same at every boundary. What nobody foresaw is logged under an id and answered with that id alone. */
export function failureOf(error: unknown, log: Log): Failure {
  const status = statusOf(error)
  if (status === null || !(error instanceof Refusal)) {
    const id = newId()
    log.error({ id, error }, 'unexpected error')
    return { status: 500, headers: {}, title: 'Something went wrong here', text: `It is not your doing. If you tell us about it, give this number: ${id}.` }
  }
  const headers: Record<string, string> = error instanceof TooMany ? { 'retry-after': String(error.retryAfterSeconds) } : {}
  const text = error instanceof Invalid ? [error.message, ...Object.values(error.fields)].join(' ') : error.message
  return { status, headers, title: titles[status] ?? 'This cannot be done', text, ...wayOn(error) }
}

/** Where somebody who is stopped for a reason of their own can do something about it. */
function wayOn(error: Refusal): Partial<Failure> {
  if (error instanceof SecondFactorNeeded) return { title: 'Add a second factor first', next: { to: '/me/factors', label: 'Add a second factor' } }
  if (error instanceof HeldBack) return { title: 'Not yet', next: { to: error.at, label: 'What is yours to do' } }
  return {}
}

const titles: Record<number, string> = { 401: 'Sign in first', 403: 'Not with your role', 404: 'Nothing here', 429: 'Too often' }

export const FailurePage = ({ page, failure }: { page: Surroundings; failure: Failure }) => (
  <PlainLayout page={page} title={failure.title}>
    <h1>{failure.title}</h1>
    {failure.text === `${failure.title}.` ? null : <p>{failure.text}</p>}
    {failure.status === 429 ? <p>Nothing that you wrote is lost: go back in your browser, wait, and send it again.</p> : null}
    {failure.next ? <p><a class="button" href={at(failure.next.to)}>{failure.next.label}</a></p> : null}
    {failure.status === 401 ? <p><a class="button" href={at(`/sign-in?to=${encodeURIComponent(page.path)}`)}>Sign in</a></p> : null}
    <p><a href={at('/')}>To the security page</a></p>
  </PlainLayout>
)
