import { hash } from 'node:crypto'
import { newToken, sameSecret } from '../access/tokens.ts'
import { Forbidden } from '../lib/errors.ts'
import type { Cookies } from './cookies.ts'

/** A post that did not come from one of our own pages. */
export class ForeignPost extends Forbidden {
  constructor() {
    super('a form of this site')
    this.message = 'This form did not come from this page, or it has grown old. Go back, load the page again and send it once more.'
  }
}

/**
 * The token that every form carries: a hash of the session's cookie, or of a cookie that only serves this purpose where
 * nobody is signed in. Another site can read neither the cookie nor the page, so it cannot know the token; it ends with
 * the session. Nothing is stored, and nothing depends on a script or on the Origin header.
 */
export function csrfToken(cookies: Cookies): string {
  const kept = cookies.get('forms')
  if (kept) return kept
  let secret = cookies.get('session') ?? cookies.get('visitor')
  if (secret === undefined) cookies.set('visitor', secret = newToken())
  return hash('sha256', `avow csrf v1\n${secret}`, 'base64url')
}

/** The session gets a new token while its person goes on: the forms that they have open in other tabs stay good. It ends when they sign in or out. */
export const keepForms = (cookies: Cookies): void => cookies.set('forms', csrfToken(cookies))

export function demandToken(cookies: Cookies, given: string | undefined): void {
  const known = cookies.get('forms') ?? cookies.get('session') ?? cookies.get('visitor')
  if (known === undefined || given === undefined || !sameSecret(csrfToken(cookies), given)) throw new ForeignPost()
}

/**
 * Browsers say where a post comes from; what they say must be this very host, or the address that people use. Tor Browser may say
 * `null` or nothing: then the token alone decides.
 */
export function demandSameOrigin(request: Request, publicUrl?: string): void {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') throw new ForeignPost()
  const origin = request.headers.get('origin')
  const ours = [request.url, ...publicUrl ? [publicUrl] : []].map((url) => new URL(url).host)
  if (origin !== null && origin !== 'null' && !(URL.canParse(origin) && ours.includes(new URL(origin).host))) throw new ForeignPost()
}
