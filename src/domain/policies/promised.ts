import type { Duration } from 'avow-verify'
import type { Tx } from '../../db/tx.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { newestPolicies, type PolicyInForce } from './find.ts'
import { readPolicy, type Commitment } from './policy-text.ts'

type Promising = PolicyInForce & { readonly commitments: readonly Commitment[] }

/** What the newest version of each policy promises, whether it is in force yet or takes force later. */
export interface Promises {
  readonly policies: readonly Promising[]
  /** Those that speak of a deed of this kind. */
  about(kind: string): readonly Promising[]
  /** The end of the promised time for a deed of this kind that is called for now; of another time where no policy says one. */
  until(kind: string, otherwise: Duration): Temporal.Instant
}

/** Read once for all who ask within one transaction. */
export async function readPromises(tx: Tx): Promise<Promises> {
  const [newest, zone] = await Promise.all([newestPolicies(tx), zoneOf(tx)])
  const commitmentsOf = await readTexts(tx, newest.map(({ id }) => id))
  const policies = newest.map((policy) => ({ ...policy, commitments: commitmentsOf(policy.id) }))
  return {
    policies,
    about: (kind) => policies.filter(({ commitments }) => commitments.some(({ mentions }) => mentions.some((one) => one.kind === kind))),
    until: (kind, otherwise) => endOfTime(tx.now, promisedWithin(policies.flatMap(({ commitments }) => commitments), kind) ?? otherwise, zone),
  }
}

/** Versions never change, so that each text is fetched and read once. */
const read = new Map<string, readonly Commitment[]>()
const most = 200

async function readTexts(tx: Tx, ids: readonly string[]): Promise<(id: string) => readonly Commitment[]> {
  const missing = ids.filter((id) => !read.has(id))
  const texts = missing.length === 0 ? [] : await tx.db.selectFrom('policy_versions').select(['id', 'body']).where('id', 'in', missing).execute()
  const found = new Map(texts.map(({ id, body }) => [id, readPolicy(body).commitments]))
  for (const id of ids) found.set(id, found.get(id) ?? read.get(id)!)
  for (const id of missing) {
    if (read.size >= most) read.delete(read.keys().next().value!)
    read.set(id, found.get(id)!)
  }
  return (id) => found.get(id)!
}

/** Within how long a deed of this kind follows; the shortest that any of them says. */
function promisedWithin(commitments: readonly Commitment[], kind: string): Duration | undefined {
  const all = commitments.flatMap(({ rule: { body } }) =>
    body.pattern === 'response' && body.responses.some((one) => one.kind === kind) ? [body.within] : [])
  const now = Temporal.Now.plainDateTimeISO()
  return all.toSorted((a, b) => Temporal.PlainDateTime.compare(now.add(lengthOf(a)), now.add(lengthOf(b))))[0]
}

/** For people to see: the engine alone decides, by the calendar. Business days are taken as five of seven. */
const endOfTime = (begun: Temporal.Instant, within: Duration, zone: string): Temporal.Instant =>
  begun.toZonedDateTimeISO(zone).add(lengthOf(within)).toInstant()

const lengthOf = ({ count, unit }: Duration): Temporal.Duration => {
  if (unit === 'business days') return Temporal.Duration.from({ days: Math.ceil(count * 7 / 5) })
  return Temporal.Duration.from(unit === 'quarters' ? { months: count * 3 } : { [unit]: count })
}
