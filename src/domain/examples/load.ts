import { hash } from 'node:crypto'
import { createAccount } from '../../access/accounts.ts'
import { addMember } from '../../access/memberships.ts'
import { findOrganization, type Organization } from '../../access/organizations.ts'
import { demand } from '../../access/may.ts'
import type { Database } from '../../db/database.ts'
import type { Tx } from '../../db/tx.ts'
import { append, sequenceIn } from '../../ledger/index.ts'
import type { ManualClock } from '../../lib/clock.ts'
import { Refused } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { parse } from '../../verbs/parse.ts'
import type { Registry } from '../../verbs/registry.ts'
import { inventedDomain } from '../../mail/index.ts'
import { learnOfPerson, personJoined } from '../accounts/index.ts'
import { foundOrganization } from '../organizations/index.ts'
import { connectSource, fedKinds } from '../systems/index.ts'
import { Cast } from './cast.ts'
import type { History } from './history.ts'
import { joining, unfold, type Deed } from './unfold.ts'

/** What loading runs against: a database whose clock is in our hand, which only examples accept. `read` gives the text of an example's file. */
export interface Stage { database: Database; clock: ManualClock; operations: Registry; read(file: string): string }

/**
 * Makes an example organisation and lets its history happen: each deed through its verb, at its time, by an invented person. All of it is one
 * transaction: jobs that run beside us on the true time meet the organisation with its history or without, and put nothing of today into the midst
 * of it.
 */
export async function loadExample(stage: Stage, history: History, today: Temporal.Instant): Promise<Organization> {
  const { database, clock } = stage
  if (await findOrganization(database, { slug: history.slug })) {
    throw new Refused('example_there_already', `There is an organisation at /o/${history.slug} already. Nothing was changed.`)
  }
  const begin = today.subtract({ hours: history.days * 24 })
  clock.set(begin)
  const organization = await foundOrganization(database, {
    slug: history.slug, name: history.name, zone: history.zone, example: true, logOrigin: `example.invalid/${history.slug}`,
  })
  const cast = new Cast(history)
  await database.write(organization.id, async (tx) => {
    const atOnce = acting(tx)
    await atOnce(begin, (tx) => connectSource(tx, { slug: 'avow', title: 'Avow', kinds: fedKinds(stage.operations.verbs), vouch: 'company' }))
    for (const [minute, deeds] of byMinute(unfold(history))) {
      const now = begin.add({ minutes: minute })
      cast.kept.set('today', now.toZonedDateTimeISO(history.zone).toPlainDate().toString())
      await atOnce(now, async (tx) => {
        for (const deed of deeds) await (deed.verb === joining ? join(tx, history, deed.as, cast) : perform(stage, tx, deed, cast))
      })
    }
  })
  clock.set(today)
  return organization
}

/** What happens in one minute happens at one time. */
function byMinute(deeds: readonly Deed[]): Map<number, Deed[]> {
  const minutes = new Map<number, Deed[]>()
  for (const deed of deeds) {
    const minute = Math.round(deed.day * 24 * 60)
    minutes.set(minute, [...minutes.get(minute) ?? [], deed])
  }
  return minutes
}

/** Acts at a time of the history and gives the entries their places there; remembers the state of the log from one time to the next. */
function acting(tx: Tx): (now: Temporal.Instant, act: (tx: Tx) => Promise<unknown>) => Promise<void> {
  let log: Awaited<ReturnType<typeof sequenceIn>>
  return async (now, act) => {
    const then = { ...tx, now, newId: () => newId(now.epochMilliseconds) }
    await act(then)
    log = await sequenceIn(then, log?.state) ?? log
  }
}

/** An account that nobody can sign in with, so that what is asked of everybody is asked of them. */
async function join(tx: Tx, { slug, people }: History, as: string, cast: Cast): Promise<void> {
  const story = people[as]!
  const address = `${as.replaceAll(' ', '-')}@${slug}.${inventedDomain}`
  const accountId = await createAccount(tx.db, tx.keyring, { name: story.name, address }, null)
  const { personId } = await addMember(tx, accountId, story.roles)
  // Nobody of the story ticks off what a joiner's list asks for, so nobody gets one.
  await learnOfPerson(tx, personId, { source: 'account', starts_on: tx.now.subtract({ hours: 365 * 24 }).toString().slice(0, 10) })
  await append(tx, personJoined, { subjects: { person: personId }, marks: {}, facts: { roles: story.roles, invited_by: null } })
  cast.joined(as, story, accountId, personId)
}

async function perform({ operations, read }: Stage, tx: Tx, deed: Deed, cast: Cast): Promise<void> {
  const verb = operations.find(deed.verb)
  if (verb?.is !== 'verb') throw new Error(`The example uses “${deed.verb}”, which is no verb.`)
  const actor = cast.actor(deed.as)
  demand(actor, verb.may, verb.name)
  const input = parse(verb.input, cast.completed(deed.verb, deed.as, filled(deed.input, cast.kept, read), tx.now))
  const result = await verb.run({ tx: { ...tx, actor }, actor }, input)
  if (deed.keep) cast.kept.set(deed.keep, String(Object.values(result as object)[0]))
}

const filled = (value: unknown, kept: ReadonlyMap<string, string>, read: Stage['read']): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) => {
    if (typeof one !== 'string') return one
    if (one.startsWith('sha256 @')) return hash('sha256', read(one.slice('sha256 @'.length)))
    return one.startsWith('@') ? read(one.slice(1)) : one.replace(/^\{([^{}]+)\}$/, (all, name: string) => kept.get(name) ?? all)
  }) as Record<string, unknown>
