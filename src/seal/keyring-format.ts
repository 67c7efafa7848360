import { z } from 'zod'

/** The keyring is missing, wrong or out of date. The sentence says which one, and what to do. */
export class KeyringProblem extends Error {}

/** One generation of the wrapping key. `secret` has 32 bytes. */
export interface Epoch { epoch: number; createdAt: Temporal.Instant; secret: Buffer }

const stored = z.strictObject({
  avow: z.literal('keyring'),
  version: z.literal(1),
  epochs: z.array(z.strictObject({
    epoch: z.int().positive(),
    createdAt: z.iso.datetime(),
    secret: z.base64().length(44),
  })).min(1),
})

/** The keyring's text: JSON, see docs/formats/sealing.md. Throws `KeyringProblem`, which never repeats the text. */
export function parseKeyring(text: string, place: string): Epoch[] {
  const parsed = stored.safeParse(jsonOf(text))
  if (!parsed.success) throw new KeyringProblem(`What is at ${place} is not a keyring of Avow.`)
  return parsed.data.epochs
    .map(({ epoch, createdAt, secret }) => ({ epoch, createdAt: Temporal.Instant.from(createdAt), secret: Buffer.from(secret, 'base64') }))
    .sort((a, b) => a.epoch - b.epoch)
}

export function printKeyring(epochs: readonly Epoch[]): string {
  const plain = epochs.map(({ epoch, createdAt, secret }) => ({ epoch, createdAt: createdAt.toString(), secret: secret.toString('base64') }))
  return `${JSON.stringify({ avow: 'keyring', version: 1, epochs: plain }, null, 2)}\n`
}

function jsonOf(text: string): unknown {
  try { return JSON.parse(text) } catch { return undefined }
}
