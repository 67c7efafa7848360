import type { Tx } from '../../db/tx.ts'
import type { Queue } from '../gates/index.ts'

type Follow = (tx: Tx, reportId: string, queue: Queue) => Promise<void>

const followers: Follow[] = []

/** What other folders do about a report that is the team's from now on, in the transaction that receives it. Nobody who floods pays for it: keep it small. */
export function whenReceived(follow: Follow): void { followers.push(follow) }

export async function received(tx: Tx, reportId: string, queue: Queue): Promise<void> {
  for (const follow of followers) await follow(tx, reportId, queue)
}
