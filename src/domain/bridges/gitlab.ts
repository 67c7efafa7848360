import { z } from 'zod'
import { ask, pageUrl, read, TrackerProblem, type Answer, type Line, type Seen, type Tracker } from './tracker.ts'

const Project = z.object({ id: z.int() })
const Issue = z.object({
  iid: z.int(), state: z.enum(['opened', 'closed']), web_url: z.string(), confidential: z.boolean(), description: z.string().nullish(),
})

/** GitLab’s REST API, version 4: docs.gitlab.com/api/issues. A confidential issue is read by the project's members alone, whoever reads the project. */
export function gitlab(line: Line): Tracker {
  const project = `${line.base}/api/v4/projects/${encodeURIComponent(line.project)}`
  const headers = { 'private-token': line.token }
  const send = (method: 'POST' | 'PUT', path: string, json: unknown) => ask(line, project + path, headers, { method, json })
  const get = (path: string, etag?: string | null) => ask(line, project + path, headers, { etag: etag ?? null })

  /** Asked anew before everything that is written: an issue can be made public at any time. */
  const demandConfidential = async (number: number) => void seen(await get(`/issues/${number}`))
  return {
    async check() { read(Project, await get('')) },
    async create({ title, text }) {
      const made = read(Issue, await send('POST', '/issues', { title, description: text, confidential: true }))
      if (!made.confidential) await send('PUT', `/issues/${made.iid}`, { confidential: true })
      return seenOf(made, null)
    },
    async find(mark, since) {
      const query = `per_page=100&confidential=true&created_after=${encodeURIComponent(since.toISOString())}`
      const issue = read(z.array(Issue), await get(`/issues?${query}`)).find(({ description }) => description?.includes(mark))
      return issue && seenOf(issue, null)
    },
    async look(number, etag) {
      const answer = await get(`/issues/${number}`, etag)
      return answer === 'unchanged' ? answer : seen(answer)
    },
    async comment(number, text) {
      await demandConfidential(number)
      await send('POST', `/issues/${number}/notes`, { body: text })
    },
    async setState(number, state) {
      await demandConfidential(number)
      await send('PUT', `/issues/${number}`, { state_event: state === 'closed' ? 'close' : 'reopen' })
    },
  }
}

function seen(answer: Answer): Seen {
  const issue = read(Issue, answer)
  if (!issue.confidential) throw new TrackerProblem('not-confidential')
  return seenOf(issue, answer === 'unchanged' ? null : answer.etag)
}

const seenOf = ({ iid, state, web_url: url }: z.output<typeof Issue>, etag: string | null): Seen =>
  ({ number: iid, state: state === 'closed' ? 'closed' : 'open', url: pageUrl(url), etag })
