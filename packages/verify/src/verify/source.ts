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

export type Fetch = (url: URL) => Promise<Response>

/** `address` is an organisation's: `https://security.example.com` or `https://avow.example/o/acme`. */
export function httpSource(address: string, fetch: Fetch): Source {
  const below = new URL(address.endsWith('/') ? address : `${address}/`)
  return {
    async get(path) {
      const url = new URL(path, below)
      try {
        const response = await fetch(url)
        if (response.status === 404 || response.status === 410) return undefined
        if (!response.ok) throw new Unreachable(`${url} answers ${response.status}`)
        return await bytesOf(response, url)
      } catch (error) {
        throw error instanceof Unreachable ? error : new Unreachable(`${url} cannot be read: ${reason(error)}`)
      }
    },
  }
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
