import type { HtmlEscapedString } from 'hono/utils/html'
import type { Page } from './page.ts'

/** A page as a response. It is drawn here, inside the request, so that its links and tokens are the request's own. */
export async function html(content: HtmlEscapedString | Promise<HtmlEscapedString>, status = 200, headers: Record<string, string> = {}): Promise<Response> {
  const text = `<!doctype html>${await (await content).toString()}`
  return new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } })
}

/** Goes on to a path inside the organisation. */
export const seeOther = (page: Page, path: string): Response => new Response(null, { status: 303, headers: { location: page.at(path) } })
