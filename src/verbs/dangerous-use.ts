import { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { append, defineKind } from '../ledger/index.ts'
import type { Query, Verb } from './verb.ts'

export const dangerousUse = defineKind({
  kind: 'access.used', about: 'Somebody used a permission that is dangerous in other hands, for something that leaves no other entry: an export, for instance.',
  stream: 'people', subjects: [], marks: z.object({ operation: z.string() }), facts: z.object({}), vouch: 'machine',
})

/** What takes step-up leaves an entry: its own, or this one where it declares none. */
export const leavesNone = ({ stepUp, ...operation }: Verb<any, any> | Query<any, any>): boolean =>
  stepUp === true && (operation.is === 'query' || operation.entries.length === 0)

/** In a transaction that may append it whatever the operation has declared. */
export const noteUse = (tx: Tx, { name }: { readonly name: string }): Promise<unknown> =>
  append({ ...tx, entries: [dangerousUse.kind] }, dangerousUse, { subjects: {}, marks: { operation: name }, facts: {} })
