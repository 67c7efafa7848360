import type { Tx } from '../db/tx.ts'
import type { Permission } from './roles.ts'

/** Something that comes before work: until then somebody of the team does here what is their own to do, and sees nothing else. */
export interface Hold {
  /** Said to whoever is held back, on the page that they do not get to see. */
  readonly why: string
  /** The page on which they can do something about it; `/me` unless told. */
  readonly at?: string
  /** What their roles open to them all the same. */
  readonly but?: readonly Permission[]
  holds(tx: Tx, accountId: string): Promise<boolean>
}

const known: Hold[] = []

/** For the module that knows of it. It is asked on every request of a member, so it looks at one row. */
export const holdBack = (hold: Hold): void => void known.push(hold)

/** What holds this member back; undefined where nothing does. Of several the first is said, and only what each leaves open is open. */
export async function holdOn(tx: Tx, accountId: string): Promise<{ why: string; how: { at: string; but: readonly Permission[] } } | undefined> {
  const held = await Promise.all(known.map((hold) => hold.holds(tx, accountId)))
  const holding = known.filter((_, i) => held[i])
  const [first, ...more] = holding
  if (!first) return undefined
  return { why: first.why, how: { at: first.at ?? '/me', but: (first.but ?? []).filter((one) => more.every(({ but = [] }) => but.includes(one))) } }
}

/** Why this member is held back. */
export const heldBack = async (tx: Tx, accountId: string): Promise<string | undefined> => (await holdOn(tx, accountId))?.why
