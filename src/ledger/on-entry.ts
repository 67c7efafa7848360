import type { Tx } from '../db/tx.ts'

/** An entry as it was just written: its facts are sealed by then, and are not passed on. */
export interface Written {
  readonly kind: string
  readonly entryId: string
  readonly subjects: Readonly<Record<string, string | undefined>>
  readonly marks: Readonly<Record<string, unknown>>
}

/** Runs in the transaction that wrote the entry, whatever verb it was. It writes its own rows and queues jobs; it never appends, and never looks outside. */
type Follow = (tx: Tx, written: Written) => void | Promise<void>
type FollowEvery = (tx: Tx, written: readonly Written[]) => void | Promise<void>

const followers = new Map<string, FollowEvery[]>()
const followersOfAll: FollowEvery[] = []

/** What else has to happen, with the same certainty, when an entry of one of these kinds is written. */
export function onEntry(kinds: readonly string[], follow: Follow): void {
  onEntries(kinds, async (tx, written) => { for (const one of written) await follow(tx, one) })
}

/** The same for what may come by the thousand: those of one kind that are written together are told together. */
export function onEntries(kinds: readonly string[], follow: FollowEvery): void {
  for (const kind of kinds) followers.set(kind, [...followers.get(kind) ?? [], follow])
}

/** The same for every kind. What is written together is told together. */
export function onEveryEntry(follow: FollowEvery): void { followersOfAll.push(follow) }

/** Called by `append` and `appendEach` alone. */
export async function tellFollowers(tx: Tx, written: readonly Written[]): Promise<void> {
  for (const [kind, those] of Map.groupBy(written, (one) => one.kind)) for (const follow of followers.get(kind) ?? []) await follow(tx, those)
  for (const follow of followersOfAll) await follow(tx, written)
}
