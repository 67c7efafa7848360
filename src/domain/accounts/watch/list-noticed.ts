import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import type { Tx } from '../../../db/tx.ts'
import { factsIfKept, subjectsOf } from '../../../ledger/index.ts'
import { query } from '../../../verbs/verb.ts'
import { watchKinds } from './kinds.ts'

const Noticed = z.object({
  kind: z.string(), at: z.iso.datetime(), person: z.string().nullable(), name: z.string().nullable(), facts: z.record(z.string(), z.unknown()),
})

export const listNoticed = query({
  name: 'sign-in.list-noticed', summary: 'Lists what was noticed about how people sign in, or try to: the newest first.', may: 'access.manage',
  input: z.object({ limit: z.int().min(1).max(500).default(100) }),
  output: z.object({ noticed: z.array(Noticed) }),
  async run({ tx }, { limit }) {
    const rows = await tx.db.selectFrom('entries').select(['id', 'kind', 'cases', 'created_at']).where('kind', 'in', watchKinds)
      .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
    const people = await subjectsOf(tx, rows.flatMap(({ cases }) => cases['person'] ?? []))
    const names = await namesOf(tx, [...people.values()])
    const noticed = rows.map(async ({ id, kind, cases, created_at }) => {
      const person = people.get(cases['person'] ?? '') ?? null
      return { kind, at: created_at.toISOString(), person, name: names.get(person ?? '') ?? null, facts: await factsIfKept(tx, id) ?? {} }
    })
    return { noticed: await Promise.all(noticed) }
  },
})

async function namesOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.db.selectFrom('accounts').selectAll().where('id', 'in', [...new Set(ids)]).execute()
  return new Map(await Promise.all(rows.map(async (row) => [row.id, (await identityOf(tx.keyring, row)).name] as const)))
}
