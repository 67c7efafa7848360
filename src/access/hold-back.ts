import type { Tx } from '../db/tx.ts'

/** Something that comes before work: until then somebody of the team does here what is their own to do, and sees nothing else. */
export interface Hold {
  /** Said to whoever is held back, on the page that they do not get to see. */
  readonly why: string
  holds(tx: Tx, accountId: string): Promise<boolean>
}

const known: Hold[] = []

/** For the module that knows of it. It is asked on every request of a member, so it looks at one row. */
export const holdBack = (hold: Hold): void => void known.push(hold)

/** Why this member is held back; undefined where nothing holds them. */
export async function heldBack(tx: Tx, accountId: string): Promise<string | undefined> {
  for (const hold of known) if (await hold.holds(tx, accountId)) return hold.why
  return undefined
}
