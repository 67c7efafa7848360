import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Kept { number: number; title: string; body: string; state: 'open' | 'closed'; confidential: boolean; comments: string[]; version: number }

/** A tracker on this machine that answers as GitHub's REST API (2022-11-28) and GitLab's (v4) do, as far as bridges ask. */
export interface TrackerServer {
  readonly origin: string
  readonly issues: Kept[]
  /** Method and path of every request, in order, with what it answered. */
  readonly asked: string[]
  readonly headers: IncomingMessage['headers'][]
  /** What the world is like. */
  readonly set: {
    private: boolean
    token: string
    keepsConfidential: boolean
    fails: { status: number; headers?: Record<string, string> } | null
    loses: boolean
  }
  close(): Promise<void>
}

const project = 'acme/security'
const github = '/repos/acme/security'
const gitlab = '/api/v4/projects/acme%2Fsecurity'

export async function trackerServer(): Promise<TrackerServer> {
  const issues: Kept[] = []
  const asked: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const set: TrackerServer['set'] = { private: true, token: 'secret-token', keepsConfidential: true, fails: null, loses: false }
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const given = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) as Record<string, never> : {}
    const answer = answerTo(request, given)
    asked.push(`${request.method} ${request.url!.replace(/\?.*/, '')} ${answer.status}`)
    headers.push(request.headers)
    // Taken, and the answer never arrives: what a broken line looks like.
    if (set.loses && request.method === 'POST') return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
  })
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  interface Answer { status: number; body?: unknown; headers?: Record<string, string> }
  function answerTo(request: IncomingMessage, given: Record<string, never>): Answer {
    if (set.fails) return { ...set.fails, body: { message: 'no' } }
    const path = request.url!.replace(/\?.*/, '')
    const isLab = path.startsWith('/api/v4/')
    const token = isLab ? request.headers['private-token'] : request.headers['authorization']?.replace('Bearer ', '')
    if (token !== set.token) return { status: 401, body: { message: 'Bad credentials' } }
    const base = isLab ? gitlab : github
    if (path !== base && !path.startsWith(`${base}/`)) return { status: 404, body: { message: 'Not Found' } }
    const [noun, number, of] = path.slice(base.length + 1).split('/')
    if (!noun) return { status: 200, body: isLab ? { id: 1, path_with_namespace: project } : { full_name: project, private: set.private } }
    const shown: (issue: Kept) => object = isLab ? lab : hub
    if (!number) return request.method === 'POST' ? { status: 201, body: shown(made(given)) } : { status: 200, body: issues.toReversed().map(shown) }
    const issue = issues.find((one) => one.number === Number(number))
    if (!issue) return { status: 404, body: { message: 'Not Found' } }
    if (of) {
      issue.comments.push(given['body']!)
      return { status: 201, body: { id: 1 } }
    }
    if (request.method !== 'GET') change(issue, given)
    const etag = `W/"${issue.version}"`
    return request.headers['if-none-match'] === etag ? { status: 304, headers: { etag } } : { status: 200, body: shown(issue), headers: { etag } }
  }

  function made(given: Record<string, never>): Kept {
    const issue: Kept = {
      number: issues.length + 1, title: given['title']!, body: given['body'] ?? given['description'] ?? '', state: 'open', comments: [], version: 1,
      confidential: given['confidential'] === true && set.keepsConfidential,
    }
    issues.push(issue)
    return issue
  }
  function change(issue: Kept, given: Record<string, string | boolean>): void {
    issue.version += 1
    if (given['state']) issue.state = given['state'] as 'open'
    if (given['state_event']) issue.state = given['state_event'] === 'close' ? 'closed' : 'open'
    if (given['confidential'] === true && set.keepsConfidential) issue.confidential = true
  }
  const hub = ({ number, title, body, state }: Kept) => ({ number, title, body, state, html_url: `${origin()}/${project}/issues/${number}` })
  const lab = ({ number, title, body, state, confidential }: Kept) => ({
    iid: number, title, description: body, state: state === 'open' ? 'opened' : 'closed', confidential, web_url: `${origin()}/${project}/-/issues/${number}`,
  })

  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  return { origin: origin(), issues, asked, headers, set, close: () => new Promise((done) => { server.close(() => done()) }) }
}
