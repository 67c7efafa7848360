import type { Tx } from '../db/tx.ts'
import type { Query, Verb } from './verb.ts'

/** What takes step-up leaves an entry: its own, or one that says that it was used where it declares none. */
export const leavesNone = ({ stepUp, ...operation }: Verb<any, any> | Query<any, any>): boolean =>
  stepUp === true && (operation.is === 'query' || operation.entries.length === 0)

type Record = (tx: Tx, operation: string) => Promise<unknown>

/** Without a ledger nothing dangerous is done unseen. */
let record: Record = async (_tx, operation) => { throw new Error(`Nothing records that ${operation} was used.`) }

/** The ledger stands above the verbs, so it says itself how it records a use. */
export function recordUsesBy(write: Record): void { record = write }

export const noteUse = (tx: Tx, { name }: { readonly name: string }): Promise<unknown> => record(tx, name)
