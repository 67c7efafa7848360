import { parse, serialize } from 'hono/utils/cookie'

/**
 * The cookies of one request, read and set under plain names. On https they carry the prefix `__Host-`, so that no
 * neighbouring host can set them; always HttpOnly, SameSite=Lax and for the whole host.
 */
export class Cookies {
  readonly #sent: Record<string, string>
  readonly #secure: boolean
  readonly #set = new Map<string, string>()

  constructor(request: Request, secure: boolean) {
    this.#sent = parse(request.headers.get('cookie') ?? '')
    this.#secure = secure
  }

  get(name: string): string | undefined { return this.#sent[this.#full(name)] }

  /** Without `maxAgeSeconds` it ends with the browser; 0 removes it. */
  set(name: string, value: string, maxAgeSeconds?: number): void {
    const options = { path: '/' as const, httpOnly: true, sameSite: 'Lax' as const, ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }) }
    const full = this.#full(name)
    this.#sent[full] = value
    this.#set.set(full, this.#secure ? serialize(full, value, { ...options, secure: true }) : serialize(full, value, options))
  }

  /** Adds what was set to the answer. */
  appendTo(headers: Headers): void {
    for (const cookie of this.#set.values()) headers.append('set-cookie', cookie)
  }

  #full(name: string): string { return this.#secure ? `__Host-avow-${name}` : `avow-${name}` }
}
