import { capital } from './words.ts'

/** A failure that the caller caused or has to know of. The domain throws these and knows no HTTP; each boundary maps them once. */
export abstract class Refusal extends Error {
  /** Stable and machine-readable: `report_already_acknowledged`. Never renamed. */
  abstract readonly code: string
}

/** The state forbids it. `code` says which rule; `message` says what to do about it. */
export class Refused extends Refusal {
  constructor(readonly code: string, message = sentence(code)) { super(message) }
}

/** It is not there, or it is not yours: one answer. */
export class NotFound extends Refusal {
  readonly code = 'not_found'
  constructor(message = 'There is nothing here that you may see.') { super(message) }
}

/** Nobody has signed in, or the session or key is no longer good. */
export class Unauthenticated extends Refusal {
  readonly code = 'unauthenticated'
  constructor(message = 'Sign in first.') { super(message) }
}

/** Signed in, yet the role does not carry the permission. */
export class Forbidden extends Refusal {
  readonly code = 'forbidden'
  constructor(readonly permission: string) { super(`Your role does not carry the permission “${permission}”.`) }
}

/** Signed in and permitted, yet this takes a second factor shown minutes ago. The boundary asks for it and goes on with what was entered. */
export class ConfirmationNeeded extends Refusal {
  readonly code = 'confirmation_needed'
  constructor() { super('Confirm that it is you: this takes your second factor once more.') }
}

/** A member whose time to add a second factor is over. The page that adds one is still open to them. */
export class SecondFactorNeeded extends Refusal {
  readonly code = 'second_factor_needed'
  constructor() { super('Your organisation asks for a second factor, and the time to add one is over. Add one, and everything is open again.') }
}

/** A member for whom something comes before work, such as their first day. What is their own to do is open to them. */
export class HeldBack extends Refusal {
  readonly code = 'held_back'
  /** `at`: the page on which they can do something about it. */
  constructor(message: string, readonly at = '/me') { super(message) }
}

/** Input that cannot be accepted, with a sentence for each field that is wrong. The key '' is the form as a whole. */
export class Invalid extends Refusal {
  readonly code = 'invalid_input'
  constructor(readonly fields: Record<string, string>) { super('Some of what you entered cannot be accepted.') }
}

/** Somebody else was faster, or the same idempotency key came with other input. */
export class Conflict extends Refusal {
  constructor(readonly code = 'conflict', message = sentence(code)) { super(message) }
}

/** Too often. `retryAfterSeconds` says when it is worth trying again. */
export class TooMany extends Refusal {
  readonly code = 'too_many_requests'
  constructor(readonly retryAfterSeconds: number, message = `Too many requests. Try again in ${retryAfterSeconds} seconds.`) { super(message) }
}

/** The ledger cannot be trusted to go on. Writing stops and the health page says so; no boundary ever turns this into a polite answer. */
export class LedgerFatal extends Error {}

export function refuseIf(condition: unknown, code: string, message?: string): void {
  if (condition) throw new Refused(code, message)
}

const sentence = (code: string) => `${capital(code.replaceAll('_', ' '))}.`
