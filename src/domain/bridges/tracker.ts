import type { z } from 'zod'
import { outbound, Unreachable } from '../../lib/outbound.ts'
import type { Box, Content } from './find.ts'

/** An issue as the tracker tells of it. */
export interface Seen { readonly number: number; readonly url: string; readonly state: 'open' | 'closed'; readonly etag: string | null }

/** A tracker as bridges need it. Each way of writing makes sure first that not everybody can read what is written. */
export interface Tracker {
  /** Whether reports can be passed on to it at all. */
  check(): Promise<void>
  create(content: Content): Promise<Seen>
  /** The issue whose text holds `mark`, where an earlier try may have made it. */
  find(mark: string, since: Date): Promise<Seen | undefined>
  look(number: number, etag: string | null): Promise<Seen | 'unchanged'>
  comment(number: number, text: string): Promise<void>
  setState(number: number, state: 'open' | 'closed'): Promise<void>
}

/** Words for what went wrong: shown in sentences of ours, never the tracker's own text. */
export type Problem =
  | 'public' | 'not-confidential' | 'token-refused' | 'not-found' | 'moved' | 'refused' | 'no-answer' | 'address-not-allowed' | 'limited' | 'not-understood'

/** The tracker did not do it. `pauseSeconds`: it asked to be left alone so long. */
export class TrackerProblem extends Error {
  constructor(readonly problem: Problem, readonly pauseSeconds?: number) { super(`The tracker did not do it: ${problem}.`) }
  /** Whether the same may go well later without anybody's doing. */
  get passes(): boolean { return ['no-answer', 'limited', 'not-understood'].includes(this.problem) }
}

export interface Line extends Pick<Box, 'base' | 'project' | 'token'> { readonly signal: AbortSignal; readonly privateNetwork: boolean }

interface Asked { readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT'; readonly json?: unknown; readonly etag?: string | null }

/** One request. What is not an answer of 200 to 299, or 304 where an ETag was sent, is a problem. */
export async function ask({ signal, privateNetwork }: Line, url: string, headers: Record<string, string>, { method = 'GET', json, etag }: Asked = {}) {
  const all = { 'user-agent': 'Avow bridge', ...headers, ...json !== undefined && { 'content-type': 'application/json' }, ...etag && { 'if-none-match': etag } }
  const answer = await reach(() => outbound(url, { method, headers: all, body: json === undefined ? null : JSON.stringify(json), signal },
    { privateNetwork, maxBytes: 4 * 1024 * 1024 }), signal)
  if (answer.status === 304 && etag) return 'unchanged' as const
  if (!answer.ok) throw problemOf(answer)
  try {
    return { body: await answer.json() as unknown, etag: answer.headers.get('etag') }
  } catch {
    throw new TrackerProblem('not-understood')
  }
}

async function reach(send: () => Promise<Response>, signal: AbortSignal): Promise<Response> {
  try {
    return await send()
  } catch (error) {
    if (signal.aborted) throw error
    throw new TrackerProblem(error instanceof Unreachable ? 'address-not-allowed' : 'no-answer')
  }
}

const problems: Partial<Record<number, Problem>> = {
  301: 'moved', 307: 'moved', 308: 'moved', 401: 'token-refused', 403: 'token-refused', 404: 'not-found', 410: 'not-found',
}

function problemOf({ status, headers }: Response): TrackerProblem {
  const pause = pauseOf(headers)
  if (status === 429 || (status === 403 && pause !== undefined)) return new TrackerProblem('limited', pause ?? 60)
  return new TrackerProblem(problems[status] ?? (status >= 500 ? 'no-answer' : 'refused'))
}

const longestPauseSeconds = 6 * 3600

/** Seconds that both kinds ask for: Retry-After, else until the limit is counted anew (GitHub's x-ratelimit-reset, GitLab's RateLimit-Reset). */
function pauseOf(headers: Headers): number | undefined {
  const spent = [headers.get('x-ratelimit-remaining'), headers.get('ratelimit-remaining')].includes('0')
  const reset = spent ? headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') : null
  const after = headers.get('retry-after')
  const seconds = after ? Number(after) : reset ? Number(reset) - Date.now() / 1000 : undefined
  if (seconds === undefined) return undefined
  return Number.isFinite(seconds) ? Math.min(longestPauseSeconds, Math.max(1, Math.ceil(seconds))) : 60
}

export type Answer = Awaited<ReturnType<typeof ask>>

export function read<T>(schema: z.ZodType<T>, answer: Answer): T {
  const parsed = answer === 'unchanged' ? undefined : schema.safeParse(answer.body)
  if (!parsed?.success) throw new TrackerProblem('not-understood')
  return parsed.data
}

/** A link that is shown to people: a page, never a script. */
export const pageUrl = (text: string): string => /^https?:\/\//.test(text) && URL.canParse(text) ? text : ''
