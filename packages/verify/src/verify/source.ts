import { concat } from '../ledger/bytes.ts'

/** Where the verifier reads from. It trusts nothing of it, not even the length of an answer. */
export interface Source {
  /** Bytes of a file below the organisation's address, or undefined where there is none. Throws `Unreachable`. */
  get(path: string): Promise<Uint8Array | undefined>
}

export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** More than any file of a log that this verifier could hold. */
const mostBytes = 64 * 1024 * 1024

/** A server may close a connection that was idle while we were computing; that says nothing about the log. */
const mostTries = 3

export type Fetch = (url: URL) => Promise<Response>

/** `address` is an organisation's: `https://security.example.com` or `https://avow.example/o/acme`. */
export function httpSource(address: string, fetch: Fetch): Source {
  const below = new URL(address.endsWith('/') ? address : `${address}/`)
  return {
    async get(path) {
      const url = new URL(path, below)
      for (let tries = 1; ; tries++) {
        try {
          return await read(url, fetch)
        } catch (error) {
          if (error instanceof Unreachable) throw error
          if (tries === mostTries) throw new Unreachable(`${url} cannot be read: ${reason(error)}`)
        }
      }
    },
  }
}

async function read(url: URL, fetch: Fetch): Promise<Uint8Array | undefined> {
  const response = await fetch(url)
  if (response.status === 404 || response.status === 410) return undefined
  if (!response.ok) throw new Unreachable(`${url} answers ${response.status}`)
  return bytesOf(response, url)
}

async function bytesOf(response: Response, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > mostBytes) throw new Unreachable(`${url} is longer than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return concat(...chunks)
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}
