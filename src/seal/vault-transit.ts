import { z } from 'zod'
import type { KeyService } from './key-store.ts'
import { KeyringProblem } from './keyring-format.ts'

const timeoutMs = 10_000
const encrypted = z.object({ data: z.object({ ciphertext: z.string().startsWith('vault:') }) })
const decrypted = z.object({ data: z.object({ plaintext: z.base64() }) })

/**
 * HashiCorp Vault's or OpenBao's transit engine (their HTTP API, “Encrypt data”, “Decrypt data”). `address` names the key,
 * `https://vault.example.org:8200/v1/transit/keys/avow`; the key itself never leaves the service. Errors never repeat what was sent.
 */
export function vaultTransit(address: string, token: string): KeyService {
  const url = new URL(address)
  const ask = async (what: 'encrypt' | 'decrypt', body: object): Promise<unknown> => {
    const to = new URL(url)
    to.pathname = url.pathname.replace(/\/keys\/([^/]+)\/?$/, `/${what}/$1`)
    const response = await fetch(to, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(timeoutMs),
      headers: { 'x-vault-token': token, 'content-type': 'application/json' }, body: JSON.stringify(body),
    }).catch(() => { throw new KeyringProblem(`The key service at ${url.host} does not answer. Without it the keyring cannot be opened.`) })
    if (!response.ok) throw new KeyringProblem(`The key service at ${url.host} answered ${response.status} to “${what}”: ${advice(response.status)}`)
    return response.json().catch(() => null)
  }
  const answered = <T>(shape: z.ZodType<T>, answer: unknown): T => {
    const read = shape.safeParse(answer)
    if (!read.success) throw new KeyringProblem(`What answers at ${url.host} is no transit engine.`)
    return read.data
  }
  return {
    name: url.host,
    encrypt: async (plain) => Buffer.from(answered(encrypted, await ask('encrypt', { plaintext: plain.toString('base64') })).data.ciphertext),
    decrypt: async (sealed) => Buffer.from(answered(decrypted, await ask('decrypt', { ciphertext: sealed.toString() })).data.plaintext, 'base64'),
  }
}

function advice(status: number): string {
  if (status === 400) return 'the keyring was not encrypted by this key. Look at AVOW_KEY_SERVICE; a keyring that is not guarded yet is, by “avow keys guard”.'
  if (status === 403) return 'the token may not use the key. Look at AVOW_KEY_SERVICE_TOKEN and its policy.'
  return status === 404 ? 'there is no such key. Look at AVOW_KEY_SERVICE.' : 'try again, and look at its log.'
}
