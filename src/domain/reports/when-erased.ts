import type { Tx } from '../../db/tx.ts'

/** Who reported, what was reported, or both. */
export type ErasedPart = 'identity' | 'content' | 'everything'
type Follow = (tx: Tx, reportId: string, what: ErasedPart) => Promise<void>

const followers: Follow[] = []

/** What other folders keep of a report is erased with it, in the same transaction. */
export function whenErased(follow: Follow): void { followers.push(follow) }

export async function eraseElsewhere(tx: Tx, reportId: string, what: ErasedPart): Promise<void> {
  for (const follow of followers) await follow(tx, reportId, what)
}
