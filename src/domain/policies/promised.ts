import type { Duration } from 'avow-verify'
import type { Tx } from '../../db/tx.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { newestTexts, type PolicyInForce } from './find.ts'
import { readPolicy, type Commitment } from './policy-text.ts'

/** Versions never change, so that each is read once. */
const read = new Map<string, readonly Commitment[]>()
const most = 200

export function commitmentsIn({ id, body }: Pick<PolicyInForce, 'id'> & { readonly body: string }): readonly Commitment[] {
  const known = read.get(id)
  if (known) return known
  const { commitments } = readPolicy(body)
  if (read.size >= most) read.delete(read.keys().next().value!)
  read.set(id, commitments)
  return commitments
}

/** Within how long the policies promise that a deed of this kind follows; the shortest that any of them says. */
export async function promisedWithin(tx: Tx, kind: string): Promise<Duration | undefined> {
  const bodies = (await newestTexts(tx)).flatMap(commitmentsIn).map(({ rule }) => rule.body)
  const all = bodies.flatMap((body) => body.pattern === 'response' && body.responses.some((one) => one.kind === kind) ? [body.within] : [])
  const now = Temporal.Now.plainDateTimeISO()
  return all.toSorted((a, b) => Temporal.PlainDateTime.compare(now.add(lengthOf(a)), now.add(lengthOf(b))))[0]
}

/** The end of that time, for people to see: the engine alone decides, by the calendar. Business days are taken as five of seven. */
export const endOfTime = (begun: Temporal.Instant, within: Duration, zone: string): Temporal.Instant =>
  begun.toZonedDateTimeISO(zone).add(lengthOf(within)).toInstant()

/** The end of the promised time for a deed of this kind that is called for now; of another time where no policy says one. */
export const promisedUntil = async (tx: Tx, kind: string, otherwise: Duration): Promise<Temporal.Instant> =>
  endOfTime(tx.now, await promisedWithin(tx, kind) ?? otherwise, await zoneOf(tx))

const lengthOf = ({ count, unit }: Duration): Temporal.Duration => {
  if (unit === 'business days') return Temporal.Duration.from({ days: Math.ceil(count * 7 / 5) })
  return Temporal.Duration.from(unit === 'quarters' ? { months: count * 3 } : { [unit]: count })
}
