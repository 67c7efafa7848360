import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { personByAddress, personIdOf } from '../../access/people.ts'
import type { Tx } from '../../db/tx.ts'
import { append, type Kind, type Vouch } from '../../ledger/index.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { fieldName } from '../../verbs/fields.ts'
import { Moment, readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { sentence } from '../../verbs/words.ts'
import { findSource, findSystem } from './find.ts'
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
    effective_at: Moment.optional().describe('When it was done, if that is not now: a claim, since the recorded time decides'),
  }),
  entries: practiceKinds(),
  async run({ tx, actor }, { source, effective_at: effectiveAt, ...evidence }) {
    const kind = practiceOf(evidence.kind)
    const entry = await entryOf(tx, kind, evidence)
    const vouch = source === undefined ? 'company' : await vouchOf(tx, actor, source, evidence.kind)
    const claimed = effectiveAt === undefined ? undefined : await readMoment(tx, effectiveAt)
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
  demandSubjects(kind, Object.keys(subjects))
  const parsed = z.strictObject(kind.marks.shape).safeParse(marks, { error: sentence })
  if (!parsed.success) throw new Invalid(Object.fromEntries(parsed.error.issues.map(({ path, message }) => [fieldName(['marks', ...path]), message])))
  const system = subjects.system === undefined ? {} : { system: await systemOf(tx, subjects.system) }
  const policy = subjects.policy === undefined ? {} : { policy: await policyOf(tx, subjects.policy) }
  const person = subjects.person === undefined ? {} : { person: await personOf(tx, subjects.person) }
  return { subjects: { ...subjects, ...system, ...policy, ...person }, marks: parsed.data, facts: { note, reference } }
}

function demandSubjects({ subjects, optional = [] }: Kind, named: readonly string[]): void {
  const known: readonly string[] = [...subjects, ...optional]
  const unknown = named.filter((subject) => !known.includes(subject))
  const missing = subjects.filter((subject) => !named.includes(subject))
  const wrong: [subject: string, why: string][] = [
    ...unknown.map((subject): [string, string] => [subject, `It is about ${known.join(subjects.length > 0 ? ' and ' : ' or ')}.`]),
    ...missing.map((subject): [string, string] => [subject, `Name the ${subject} that it is about.`]),
    ...named.length === 0 && missing.length === 0 ? [[known[0]!, `Name what it is about: ${known.join(' or ')}.`] satisfies [string, string]] : [],
  ]
  if (wrong.length > 0) throw new Invalid(Object.fromEntries(wrong.map(([subject, why]) => [fieldName(['subjects', subject]), why])))
}

/** Systems and policies are named by their short names, as in their addresses; in the ledger they go by their ids. */
async function systemOf(tx: Tx, slug: string): Promise<string> {
  const system = await findSystem(tx, slug)
  if (!system) throw new Invalid({ 'subjects[system]': `No system is listed as “${slug}”.` })
  return system.id
}

async function policyOf(tx: Tx, slug: string): Promise<string> {
  const policy = await tx.db.selectFrom('policies').select('id').where('slug', '=', slug).executeTakeFirst()
  if (!policy) throw new Invalid({ 'subjects[policy]': `There is no policy called “${slug}”.` })
  return policy.id
}

/**
 * Somebody of the team may be named by mail address, account or id, and is kept by the id of the person; anybody else goes by whatever the
 * company calls them.
 */
async function personOf(tx: Tx, named: string): Promise<string> {
  if (!named.includes('@')) return z.uuid().safeParse(named).success ? personIdOf(tx, named) : named
  const person = await personByAddress(tx, named)
  if (!person) throw new Invalid({ 'subjects[person]': 'Nobody on the team has this address.' })
  return person
}
