import { createHmac } from 'node:crypto'
import { createChallenge, verifySolution, type Payload } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { sameSecret } from '../../access/tokens.ts'
import type { Tx } from '../../db/tx.ts'
import type { Keyring } from '../../seal/keyring.ts'
import { query } from '../../verbs/verb.ts'

/*
 * What is asked of a stranger before sending: a second or two of a browser's work, or that the form was open for a while. Both are bound to the
 * id of one submission, which is taken once, so neither serves twice and nothing has to be stored. A secret ends with its keyring's epoch.
 */

/** A draft may lie for so long. */
const GOOD_FOR_MS = 7 * 24 * 3600_000
/** About 4,096 derivations of 500 rounds are tried: a second or two in a browser, half a millisecond to check. Through Tor four times that. */
const ROUNDS = 500
const PREFIX = '000'

export interface Effort { readonly submission: string; readonly opened: string; readonly proof: string }

const secret = (keyring: Keyring, epoch: number) => keyring.derive('report-effort', epoch)

/** `EPOCH.MILLISECONDS.MAC`: when the form of this submission was opened. */
function openedAt(keyring: Keyring, submission: string, ms: number, epoch = keyring.currentEpoch): string {
  const mac = createHmac('sha256', secret(keyring, epoch)).update(`opened ${submission} ${ms}`).digest('base64url')
  return `${epoch}.${ms}.${mac}`
}

/** What a form carries: the time at which it was opened, and a challenge for its script. */
export async function effortFor({ keyring, now }: Tx, actor: Actor, submission: string): Promise<{ opened: string; challenge: string }> {
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256', cost: actor.from?.tor ? 4 * ROUNDS : ROUNDS, deriveKey, keyPrefix: PREFIX,
    data: { submission }, hmacSignatureSecret: secret(keyring, keyring.currentEpoch).toString('hex'),
  })
  return { opened: openedAt(keyring, submission, now.epochMilliseconds), challenge: JSON.stringify(challenge) }
}

/** What the sender did. Whatever is not ours, is of another submission or has grown old is nothing. */
export async function effortOf({ keyring, now }: Pick<Tx, 'keyring' | 'now'>, { submission, opened, proof }: Effort,
  waitSeconds: number): Promise<'work' | 'waited' | 'none'> {
  const [epoch, ms] = opened.split('.', 2).map(Number) as [number, number]
  if (!Number.isInteger(epoch) || !keyring.epochs().some((known) => known.epoch === epoch)) return 'none'
  if (!sameSecret(openedAt(keyring, submission, ms, epoch), opened)) return 'none'
  const age = now.epochMilliseconds - ms
  if (age < 0 || age > GOOD_FOR_MS) return 'none'
  if (proof && await solves(secret(keyring, epoch), submission, proof)) return 'work'
  return age >= waitSeconds * 1000 ? 'waited' : 'none'
}

async function solves(key: Buffer, submission: string, proof: string): Promise<boolean> {
  try {
    const { challenge, solution } = JSON.parse(Buffer.from(proof, 'base64').toString('utf8')) as Payload
    if (challenge.parameters.data?.submission !== submission) return false
    return (await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: key.toString('hex') })).verified
  } catch {
    return false // not what a browser of ours would send
  }
}

/** For programs: the same that a form carries. */
export const askChallenge = query({
  name: 'report.challenge', summary: 'Ask for a proof of work for one report. Without one, and without waiting, a stranger’s report waits as suspect.',
  may: 'reports.submit',
  input: z.object({ submission: z.uuid().describe('The id of the report that you are going to send') }),
  output: z.object({ opened: z.string(), challenge: z.string() }),
  run: ({ tx, actor }, { submission }) => effortFor(tx, actor, submission),
})
