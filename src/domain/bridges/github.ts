import { z } from 'zod'
import { ask, pageUrl, read, TrackerProblem, type Answer, type Line, type Seen, type Tracker } from './tracker.ts'

const Repository = z.object({ private: z.boolean() })
const Issue = z.object({ number: z.int(), state: z.enum(['open', 'closed']), html_url: z.string(), body: z.string().nullish() })

/** GitHub’s REST API, version 2022-11-28: docs.github.com/rest/issues. A repository's issues are as public as the repository. */
export function github(line: Line): Tracker {
  const repository = `${line.base}/repos/${line.project}`
  const headers = { accept: 'application/vnd.github+json', authorization: `Bearer ${line.token}`, 'x-github-api-version': '2022-11-28' }
  const send = (method: 'POST' | 'PATCH', path: string, json: unknown) => ask(line, repository + path, headers, { method, json })
  const get = (path: string, etag?: string | null) => ask(line, repository + path, headers, { etag: etag ?? null })

  /** Asked anew before everything that is written: a repository can be made public at any time. */
  async function demandPrivate(): Promise<void> {
    if (!read(Repository, await get('')).private) throw new TrackerProblem('public')
  }
  return {
    check: demandPrivate,
    async create({ title, text }) {
      await demandPrivate()
      return seen(await send('POST', '/issues', { title, body: text }))
    },
    async find(mark, since) {
      const found = read(z.array(Issue), await get(`/issues?state=all&per_page=100&since=${encodeURIComponent(since.toISOString())}`))
      const issue = found.find(({ body }) => body?.includes(mark))
      return issue && seenOf(issue, null)
    },
    async look(number, etag) {
      const answer = await get(`/issues/${number}`, etag)
      return answer === 'unchanged' ? answer : seen(answer)
    },
    async comment(number, text) {
      await demandPrivate()
      await send('POST', `/issues/${number}/comments`, { body: text })
    },
    async setState(number, state) {
      await demandPrivate()
      await send('PATCH', `/issues/${number}`, { state, ...state === 'closed' && { state_reason: 'completed' } })
    },
  }
}

const seen = (answer: Answer): Seen => seenOf(read(Issue, answer), answer === 'unchanged' ? null : answer.etag)
const seenOf = ({ number, state, html_url: url }: z.output<typeof Issue>, etag: string | null): Seen => ({ number, state, url: pageUrl(url), etag })
