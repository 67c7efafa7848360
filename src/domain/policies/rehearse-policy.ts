import { createEngine, type LedgerEvent, type Standing } from 'avow-verify'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { readEvents } from '../../ledger/index.ts'
import { Refused } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { Slug } from './draft-policy.ts'
import { findOpenVersion, lockPolicy, type Policy, type PolicyVersion } from './find.ts'
import { commitmentsOf, momentOf } from './publish-policy.ts'
import { readPolicy } from './policy-text.ts'

const BATCH = 10_000

/** A trial run: what the page would say today, had the version been in force since the ledger began. Nothing is appended. */
export const rehearsePolicy = verb({
  name: 'policy.rehearse',
  summary: 'Play the rules of the open version over the whole ledger, and see what its page would say today.',
  may: 'policies.write',
  input: z.object({ policy: Slug }),
  entries: [],
  async run({ tx }, { policy: slug }) {
    const policy = await lockPolicy(tx, slug)
    const version = await findOpenVersion(tx, policy.id)
    if (!version) throw new Refused('no_draft', 'Draft a version first.')
    const standings = await rehearse(tx, policy, version)
    await tx.db.updateTable('policy_versions').set({ rehearsed_at: timestampOf(tx.now) }).where('id', '=', version.id).execute()
    return {
      policy: slug, version: version.version,
      standings: standings.map(({ mark, sentence, standing, record, due_at: due }) => ({ mark, sentence, standing, record, due_at: due ?? null })),
    }
  },
})

/** What configures the policy's commitments is left out of the replay: the rehearsed version takes its place. */
const aboutPolicies = new Set(['policy.published', 'policy.withdrawn', 'commitment.published'])

async function rehearse(tx: Tx, policy: Policy, version: PolicyVersion): Promise<readonly Standing[]> {
  const engine = createEngine()
  let first = true
  for (let from = 0; ;) {
    const events = await readEvents(tx, from, BATCH)
    if (first) engine.feed(await asPublished(tx, policy, version, events[0]?.at ?? tx.now.epochMilliseconds))
    first = false
    for (const event of events) if (!aboutPolicies.has(event.kind) || event.marks.policy !== policy.slug) engine.feed(event)
    if (events.length < BATCH) break
    from = events.at(-1)!.index + 1
  }
  engine.advance(Math.max(engine.now, tx.now.epochMilliseconds))
  return engine.standings().filter((standing) => standing.policy === policy.slug)
}

async function asPublished(tx: Tx, policy: Policy, version: PolicyVersion, at: number): Promise<LedgerEvent> {
  const commitments = await commitmentsOf(tx, policy, readPolicy(version.body))
  return {
    index: -1, at, kind: 'policy.published', cases: { policy: policy.id }, marks: { policy: policy.slug },
    facts: { policy: policy.slug, version: version.version, in_force_at: momentOf(Temporal.Instant.fromEpochMilliseconds(at)), commitments },
  }
}
