import { Invalid, Refusal, TooMany } from '../../lib/errors.ts'
import { failureOf, type Log } from '../failure.tsx'
import { pathOf, pointer } from '../../verbs/fields.ts'

/** One refusal as a program reads it (RFC 9457). `code` is stable; `errors` points at each field that is wrong. */
export interface Problem {
  readonly type: 'about:blank'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

export function problemOf(error: unknown, log: Log): Problem {
  const { status, title, text } = failureOf(error, log)
  return {
    type: 'about:blank', status, title, code: error instanceof Refusal ? error.code : 'internal_error',
    detail: error instanceof Invalid ? error.message : text,
    ...(error instanceof Invalid ? { errors: Object.entries(error.fields).map(([field, detail]) => ({ pointer: pointer(pathOf(field)), detail })) } : {}),
  }
}

export function problemResponse(error: unknown, log: Log): Response {
  const problem = problemOf(error, log)
  const headers: Record<string, string> = { 'content-type': 'application/problem+json' }
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer realm="avow"'
  if (error instanceof TooMany) headers['retry-after'] = String(error.retryAfterSeconds)
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
