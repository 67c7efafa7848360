import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { append, type Kind, type Vouch } from '../../ledger/index.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { findSource, getSystem } from './find.ts'
import { findPractice, practiceKinds } from './practice-kinds.ts'
import { Slug } from './system.ts'

/** What happened, as the tool where it happened tells it. */
export const Evidence = z.object({
  kind: z.string().describe('What happened: backup.completed'),
  subjects: z.record(z.string(), z.string().min(1).max(200)).default({}).describe('What it is about: { "system": "web-app" }'),
  marks: z.record(z.string(), z.string()).default({}).describe('What rules read: { "severity": "high" }'),
  note: z.string().max(4000).default('').describe('A few words, sealed'),
  reference: z.string().max(500).default('').describe('Where to look, sealed'),
})
type Evidence = z.output<typeof Evidence>

/** Records an entry of a practice that has no module of its own, from the tool where the work happens. */
export const recordEvidence = verb({
  name: 'evidence.record',
  summary: 'Record that something was done, from the tool where it was done.',
  may: 'evidence.record',
  input: Evidence.extend({
    source: Slug.optional().describe('The registered source that tells it; without one the company says so'),
    effective_at: z.iso.datetime().optional().describe('When it was done, if that is not now: a claim, since the recorded time decides'),
  }),
  entries: practiceKinds(),
  async run({ tx, actor }, { source, effective_at: effectiveAt, ...evidence }) {
    const kind = practiceOf(evidence.kind)
    const entry = await entryOf(tx, kind, evidence)
    const vouch = source === undefined ? 'company' : await vouchOf(tx, actor, source, evidence.kind)
    const claimed = effectiveAt === undefined ? undefined : Temporal.Instant.from(effectiveAt)
    if (claimed && Temporal.Instant.compare(claimed, tx.now) > 0) throw new Invalid({ effective_at: 'This has not come yet.' })
    const { entryId } = await append(tx, kind, { ...entry, vouch, ...claimed && { effectiveAt: claimed } })
    return { entry: entryId }
  },
})

/** Only the key that was registered for a source speaks for it. */
async function vouchOf(tx: Tx, actor: Actor, slug: string, kind: string): Promise<Vouch> {
  const source = await findSource(tx, slug)
  const isItself = actor.kind === 'machine' && source?.api_key_id === actor.keyId
  refuseIf(!source || !isItself, 'source_not_yours', 'Only the key that was registered for this source speaks for it.')
  refuseIf(!source!.kinds.includes(kind), 'kind_not_of_source', 'The source was not registered for this kind.')
  return source!.vouch
}

export function practiceOf(name: string): Kind {
  const kind = findPractice(name)
  if (!kind) throw new Invalid({ kind: 'No practice has this kind of entry.' })
  return kind
}

/** What an entry of the kind holds. Throws Invalid with what does not fit. */
export async function entryOf(tx: Tx, kind: Kind, { subjects, marks, note, reference }: Evidence) {
  const known: readonly string[] = [...kind.subjects, ...kind.optional ?? []]
  const named = Object.keys(subjects)
  const missing = kind.subjects.find((subject) => !named.includes(subject))
  if (missing !== undefined || named.length === 0 || named.some((subject) => !known.includes(subject))) {
    throw new Invalid({ subjects: `It is about ${kind.subjects.length > 0 ? kind.subjects.join(' and ') : known.join(' or ')}.` })
  }
  const parsed = z.strictObject(kind.marks.shape).safeParse(marks)
  if (!parsed.success) throw new Invalid({ marks: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ') })
  const system = subjects.system === undefined ? {} : { system: (await getSystem(tx, subjects.system)).id }
  const policy = subjects.policy === undefined ? {} : { policy: await policyOf(tx, subjects.policy) }
  return { subjects: { ...subjects, ...system, ...policy }, marks: parsed.data, facts: { note, reference } }
}

/** A policy is named by its slug, as in its address; in the ledger it goes by its id. */
async function policyOf(tx: Tx, slug: string): Promise<string> {
  const policy = await tx.db.selectFrom('policies').select('id').where('slug', '=', slug).executeTakeFirst()
  if (!policy) throw new Invalid({ subjects: `There is no policy called “${slug}”.` })
  return policy.id
}
