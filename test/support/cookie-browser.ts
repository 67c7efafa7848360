import type { App } from './visitors.ts'

/** A browser of one visitor: it keeps cookies, and sends a form with the token of the page that it stands on. Paths are the organisation's. */
export interface CookieBrowser {
  readonly jar: Map<string, string>
  go(path: string, init?: RequestInit): Promise<Response>
  /** Opens the page `from` and posts its form to `to`. */
  submit(from: string, to: string, fields?: Record<string, string>): Promise<Response>
}

export function cookieBrowser({ app, slug }: { app: App; slug: string }): CookieBrowser {
  const jar = new Map<string, string>()
  async function go(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const response = await app.request(`http://avow.test/o/${slug}${path}`, { ...init, headers: { cookie, 'user-agent': 'Test', ...init.headers } })
    for (const set of response.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0]!.split('=') as [string, string]
      if (/max-age=0/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  async function submit(from: string, to: string, fields: Record<string, string> = {}): Promise<Response> {
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await go(from)).text())?.[1] ?? ''
    return go(to, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) })
  }
  return { jar, go, submit }
}
