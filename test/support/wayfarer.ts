import type { App } from './visitors.ts'

/** A browser of one visitor in one network: keeps cookies, and fills in the token of the page that a form is on. */
export interface Wayfarer {
  readonly jar: Map<string, string>
  go(path: string, init?: RequestInit): Promise<Response>
  submit(from: string, to: string, fields: Record<string, string>): Promise<Response>
}

/** `network` is what a proxy says that we trust. */
export function wayfarer(app: App, slug: string, network: string): Wayfarer {
  const jar = new Map<string, string>()
  const go = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
    const headers = { cookie, 'x-forwarded-for': network, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    const response = await app.request(`http://avow.test/o/${slug}${path}`, { ...init, headers })
    for (const set of response.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0]!.split('=') as [string, string]
      if (/max-age=0/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const submit = async (from: string, to: string, fields: Record<string, string>) => {
    const csrf = /name="csrf" value="([^"]+)"/.exec(await (await go(from)).text())?.[1] ?? ''
    return go(to, { method: 'POST', body: new URLSearchParams({ csrf, ...fields }) })
  }
  return { jar, go, submit }
}
