import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import { today } from '../../access/people.ts'
import { personBehind } from '../../access/person-behind.ts'
import { dutyWords } from '../../commitments/index.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { openText } from '../../seal/envelope.ts'
import { query } from '../../verbs/verb.ts'
import { newestChecks } from '../background-checks/index.ts'
import { identitiesOf, namesOfPeople, todayIn } from '../people/index.ts'
import { placeOfDeed } from '../systems/index.ts'
import { reasonPlace } from './confirm-first-day.ts'
import { listNewcomers, missingFor, proposedOverrides } from './find.ts'

const Missing = z.object({
  policy: z.string(), mark: z.string(), sentence: z.string(), what: z.string().describe('What is to be done, in words'), place: z.string().nullable(),
})
const Newcomer = z.object({
  person: z.uuid(), name: z.string(), country: z.string().nullable(), come: z.boolean().describe('The day is today, or was'),
  starts_on: z.iso.date().nullable().describe('Null: they are here, and nobody has said their first day'),
  missing: z.array(Missing), background_check: z.object({ result: z.string(), decided_on: z.iso.date() }).nullable(),
  override: z.enum(['none', 'proposed by you', 'proposed']), account: z.boolean().describe('Whether they can sign in yet'),
})
export type Newcomer = z.output<typeof Newcomer>

export const listFirstDays = query({
  name: 'first-day.list', summary: 'Who begins when, and what the policies in force still want before that.', may: 'people.read', input: z.object({}),
  output: z.object({ newcomers: z.array(Newcomer) }),
  async run({ tx, actor }) {
    const people = await listNewcomers(tx)
    const [identity, me, day] = [await identitiesOf(tx, people), await personBehind(tx, actor), await todayIn(tx)]
    const checks = new Map((await newestChecks(tx, people.map(({ id }) => id))).map(({ person_id, ...check }) => [person_id, check]))
    const overrides = new Map((await proposedOverrides(tx)).map((one) =>
      [one.person_id, one.proposed_by === me ? 'proposed by you' as const : 'proposed' as const]))
    const newcomers = people.map(async ({ id, country, starts_on, member }): Promise<Newcomer> => ({
      person: id, name: identity(id).name, country, starts_on, come: (starts_on ?? '9') <= day, account: member, override: overrides.get(id) ?? 'none',
      background_check: checks.get(id) ?? null, missing: (await missingFor(tx, id)).map(({ what, ...promise }) => ({
        ...promise, what: what.map((kind) => dutyWords([kind])).join(', '), place: placeOfDeed({ ...promise, what }, { person: id }),
      })),
    }))
    return { newcomers: await Promise.all(newcomers) }
  },
})

export function ofPerson({ newcomers }: { newcomers: readonly Newcomer[] }, personId: string): Newcomer {
  const found = newcomers.find(({ person }) => person === personId)
  if (!found) throw new NotFound('This person has begun already, or nobody has said when they begin.')
  return found
}

/** First days that one person proposed although something is missing, for the second one. */
export async function waitingOverrides(tx: Tx) {
  const proposed = await proposedOverrides(tx)
  const name = await namesOfPeople(tx, proposed.map(({ person_id }) => person_id))
  return Promise.all(proposed.map(async ({ person_id: person, override_key_id: key, override_reason: reason, proposed_by }) => ({
    person, name: name(person), reason: await openText(tx, key!, reasonPlace(person), reason!), proposed_by: proposed_by!,
    sentences: (await missingFor(tx, person)).map(({ sentence }) => sentence),
  })))
}

/** On the desk of whoever confirms first days, from the day on. */
export async function firstDayNotices(tx: Tx, actor: Actor) {
  const come = may(actor, 'people.manage') ? await listNewcomers(tx, { until: today(tx) }) : []
  if (come.length === 0) return []
  const title = come.length === 1 ? 'Somebody’s first day has come.' : `${come.length} first days have come.`
  return [{ title, text: 'See what is missing, and confirm it.', place: '/desk/first-days', tone: 'plain' as const }]
}
