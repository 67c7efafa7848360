import { ConfirmationNeeded, Conflict, Forbidden, HeldBack, Invalid, NotFound, Refusal, Refused, SecondFactorNeeded, TooMany,
  Unauthenticated } from '../lib/errors.ts'

/** The HTTP status of a refusal (RFC 9110); null for what nobody foresaw. */
export function statusOf(error: unknown): number | null {
  if (error instanceof NotFound) return 404
  if (error instanceof Unauthenticated) return 401
  if (error instanceof Forbidden || error instanceof ConfirmationNeeded || error instanceof SecondFactorNeeded || error instanceof HeldBack) return 403
  if (error instanceof Invalid) return 422
  if (error instanceof TooMany) return 429
  if (error instanceof Refused || error instanceof Conflict) return 409
  return error instanceof Refusal ? 400 : null
}
