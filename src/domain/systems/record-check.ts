import { createPublicKey, verify } from 'node:crypto'
import { canonical, utf8 } from 'avow-verify'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, refuseIf, Refused } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { checkNames, findCheck } from './check-kinds.ts'
import { findSource, getSystem } from './find.ts'
import { Slug } from './system.ts'
import type { SystemRow } from './tables.ts'

const OLDEST = { hours: 24 }
/** Clocks differ. */
const AHEAD = { minutes: 5 }

/** Takes in what another machine saw. It counts because a registered source signed it, whoever brings it. */
export const recordCheck = verb({
  name: 'check.record',
  summary: 'Record what a registered source saw of a system, signed with its Ed25519 key (docs/formats/standings.md).',
  may: 'evidence.record',
  input: z.object({
    source: Slug.describe('The source that looked'),
    check: z.string().describe('What it looked at: tls'),
    system: Slug.describe('The listed system that it looked at; for some checks the vendor or the device'),
    result: z.enum(['passed', 'failed']),
    observed_at: z.iso.datetime().describe('When, at most 24 hours ago: 2026-03-01T09:00:00Z'),
    nonce: z.string().min(16).max(128).describe('Never the same twice'),
    signature: z.base64().describe('Ed25519, in base64'),
  }),
  entries: checkNames().map((name) => `check.${name}`),
  async run({ tx }, { source: slug, signature, ...signed }) {
    const kind = findCheck(signed.check)
    if (!kind) throw new Invalid({ check: `It is one of ${checkNames().join(', ')}.` })
    const system = kind.subjects[0] === 'system' ? await getSystem(tx, signed.system) : { slug: signed.system }
    const source = await findSource(tx, slug)
    if (!source?.public_key || !isSigned(signed, source.public_key, signature)) throw new Refused('check_not_signed', 'No registered source has signed this.')
    refuseIf(!source.kinds.includes(`check.${signed.check}`), 'check_not_of_source', 'The source was not registered for this check.')
    const observed = Temporal.Instant.from(signed.observed_at)
    const [oldest, newest] = [tx.now.subtract(OLDEST), tx.now.add(AHEAD)]
    const inTime = Temporal.Instant.compare(observed, oldest) >= 0 && Temporal.Instant.compare(observed, newest) <= 0
    refuseIf(!inTime, 'check_out_of_time', 'A result is recorded within 24 hours.')
    await useNonce(tx, source.id, signed.nonce, observed)
    return record(tx, system, { check: signed.check, passed: signed.result === 'passed', detail: '', source: slug, observed, vouch: source.vouch })
  },
})

function isSigned(signed: Record<string, string>, publicKey: Buffer, signature: string): boolean {
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') } })
  return verify(null, utf8(canonical(signed)), key, Buffer.from(signature, 'base64'))
}

async function useNonce(tx: Tx, sourceId: string, nonce: string, observed: Temporal.Instant): Promise<void> {
  const done = await tx.db.insertInto('check_nonces')
    .values({ organization_id: tx.organizationId, source_id: sourceId, nonce, observed_at: timestampOf(observed) })
    .onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
  refuseIf(done.numInsertedOrUpdatedRows !== 1n, 'check_already_recorded', 'This result was recorded before.')
}

/** A nonce is of use no longer than its result could be recorded. */
export const sweepNonces = (tx: Tx) =>
  tx.db.deleteFrom('check_nonces').where('observed_at', '<', timestampOf(tx.now.subtract(OLDEST).subtract(AHEAD))).execute()

export interface Seen {
  readonly check: string
  readonly passed: boolean
  /** What was seen, in a sentence. Nothing secret. */
  readonly detail: string
  readonly source: string
  readonly observed: Temporal.Instant
  readonly vouch: 'machine' | 'third-party' | 'both' | 'company'
}

/** A system of the list; or, by its name alone, a vendor or a device. */
type LookedAt = Pick<SystemRow, 'id' | 'slug'> | { readonly id?: undefined; readonly slug: string }

/** Records what was seen of a system. Not reachable from outside: whoever calls it has looked, has checked a signature, or goes on with an example. */
export async function record(tx: Tx, system: LookedAt, { check, passed, detail, source, observed, vouch }: Seen): Promise<{ entry: string }> {
  if (system.id) {
    await keepLatest(tx, system.id, check, { passed, detail, observed_at: timestampOf(observed) })
  }
  const kind = findCheck(check)!
  const subject = kind.subjects[0]!
  const { entryId } = await append(tx, kind, {
    subjects: { [subject]: system.id ?? system.slug }, marks: { result: passed ? 'passed' : 'failed', system: system.slug }, vouch,
    facts: { detail, source, observed_at: observed.toString() },
  })
  return { entry: entryId }
}

function keepLatest(tx: Tx, systemId: string, check: string, row: { passed: boolean; detail: string; observed_at: Date }) {
  return tx.db.insertInto('check_results')
    .values({ organization_id: tx.organizationId, system_id: systemId, check_name: check, ...row, since: row.observed_at })
    .onConflict((conflict) => conflict.columns(['organization_id', 'system_id', 'check_name']).doUpdateSet((eb) => ({
      ...row,
      since: eb.case().when('check_results.passed', '=', row.passed).then(eb.ref('check_results.since')).else(row.observed_at).end(),
    }))).execute()
}
