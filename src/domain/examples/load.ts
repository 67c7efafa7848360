import { findOrganization, type Organization } from '../../access/organizations.ts'
import type { Actor } from '../../access/actor.ts'
import { demand } from '../../access/may.ts'
import type { Database } from '../../db/database.ts'
import { sequenceIn } from '../../ledger/index.ts'
import { Refused } from '../../lib/errors.ts'
import type { ManualClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { parse } from '../../verbs/parse.ts'
import type { Registry } from '../../verbs/registry.ts'
import { foundOrganization } from '../organizations/index.ts'
import type { History } from './history.ts'
import { unfold, type Deed } from './unfold.ts'

/** What loading runs against: a database whose clock is in our hand, which only examples accept. */
export interface Stage { database: Database; clock: ManualClock; operations: Registry }

/** Who acts, and the ids that deeds kept under a name. */
interface Cast { people: ReadonlyMap<string, Actor>; kept: Map<string, string> }

/**
 * Makes an example organisation and lets its history happen: each deed through its verb, at its time, by an invented person.
 * Entry and leaf commit together, so that a sequencer that runs beside us, on the true time, never meets one of them waiting.
 */
export async function loadExample(stage: Stage, history: History, today: Temporal.Instant): Promise<Organization> {
  if (await findOrganization(stage.database, { slug: history.slug })) {
    throw new Refused('example_there_already', `There is an organisation at /o/${history.slug} already. Nothing was changed.`)
  }
  const begin = today.subtract({ hours: history.days * 24 })
  stage.clock.set(begin)
  const organization = await foundOrganization(stage.database, {
    slug: history.slug, name: history.name, zone: history.zone, example: true, logOrigin: `example.invalid/${history.slug}`,
  })
  const cast: Cast = { people: peopleOf(history), kept: new Map() }
  for (const deed of unfold(history)) {
    stage.clock.set(begin.add({ minutes: Math.round(deed.day * 24 * 60) }))
    await perform(stage, organization, deed, cast)
  }
  return organization
}

async function perform({ database, operations }: Stage, organization: Organization, deed: Deed, cast: Cast): Promise<void> {
  const verb = operations.find(deed.verb)
  if (verb?.is !== 'verb') throw new Error(`The example ${organization.slug} uses “${deed.verb}”, which is no verb.`)
  const actor = actorOf(deed.as, cast)
  demand(actor, verb.may, verb.name)
  const input = parse(verb.input, filled(deed.input, cast.kept))
  const result = await database.write(organization.id, async (tx) => {
    const done = await verb.run({ tx: { ...tx, actor }, actor }, input)
    await sequenceIn(tx)
    return done
  })
  if (deed.keep) cast.kept.set(deed.keep, String(Object.values(result as object)[0]))
}

/** The invented people have no accounts: nobody can sign in as one. */
const peopleOf = (history: History): Map<string, Actor> => new Map(Object.entries(history.people).map(([as, { name, roles }]) =>
  [as, { kind: 'member', accountId: newId(), personName: name, roles }]))

function actorOf(as: string, { people, kept }: Cast): Actor {
  if (as === 'nobody') return { kind: 'nobody' }
  if (as.startsWith('reporter:')) return { kind: 'reporter', reportId: kept.get(as.slice('reporter:'.length))! }
  const person = people.get(as)
  if (!person) throw new Error(`The example's history names nobody as “${as}”.`)
  return person
}

/** `{name}` in a text becomes the id that was kept under it. */
function filled(value: unknown, kept: ReadonlyMap<string, string>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'string' ? one.replace(/^\{([^{}]+)\}$/, (all, name: string) => kept.get(name) ?? all) : one)) as Record<string, unknown>
}
