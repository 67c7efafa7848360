import type { Method } from '../../../access/sessions.ts'
import type { Page } from '../../../web/page.ts'
import { knowDevice } from './device.ts'

export { admit, admitFactor } from './admit.ts'

export interface Attempt {
  /** Null where there is no such account. */
  readonly accountId: string | null
  /** What was typed, where something was. */
  readonly address?: string
  /** `entered`: wholly, the second factor shown; to be noted once for each session. `disabled`: of an account that was closed. */
  readonly outcome: 'entered' | 'wrong-password' | 'wrong-factor' | 'disabled' | 'unknown'
  readonly method: Method
}

/** Counts one attempt to enter, notices what it is part of, and tells whom it concerns. To be called after the secret was looked at. */
export async function noteAttempt(page: Page, { accountId, outcome }: Attempt): Promise<void> {
  if (outcome === 'entered' && accountId) await knowDevice(page, accountId)
}
