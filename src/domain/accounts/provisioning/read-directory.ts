import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import { query } from '../../../verbs/verb.ts'
import './tables.ts'

const when = z.iso.datetime().nullable()

export const readDirectory = query({
  name: 'directory.read', summary: 'Shows the keys of the directory, and whom and which groups it has named.', may: 'sign-in.manage', input: z.object({}),
  output: z.object({
    keys: z.array(z.object({ id: z.uuid(), name: z.string(), created_at: z.iso.datetime(), expires_at: z.iso.datetime(), used_at: when, revoked_at: when })),
    people: z.array(z.object({ id: z.uuid(), name: z.string(), address: z.string(), active: z.boolean(), changed_at: z.iso.datetime() })),
    groups: z.array(z.object({ name: z.string(), people: z.int(), changed_at: z.iso.datetime() })),
  }),
  async run({ tx }) {
    const keys = await tx.db.selectFrom('directory_keys').select(['id', 'name', 'created_at', 'expires_at', 'used_at', 'revoked_at'])
      .orderBy('created_at', 'desc').execute()
    const people = await tx.db.selectFrom('directory_users').innerJoin('accounts', 'accounts.id', 'account_id').selectAll('accounts')
      .select(['active', 'changed_at']).orderBy('changed_at', 'desc').limit(500).execute()
    const groups = await tx.db.selectFrom('directory_groups').select(['name', 'changed_at'])
      .select((is) => is.selectFrom('directory_group_members').whereRef('group_id', '=', 'directory_groups.id')
        .select(is.fn.countAll<number>().as('n')).as('people'))
      .orderBy('name').limit(500).execute()
    return {
      keys: keys.map(({ created_at, expires_at, used_at, revoked_at, ...key }) =>
        ({ ...key, created_at: created_at.toISOString(), expires_at: expires_at.toISOString(), used_at: text(used_at), revoked_at: text(revoked_at) })),
      people: await Promise.all(people.map(async (row) =>
        ({ id: row.id, ...await identityOf(tx.keyring, row), active: row.active, changed_at: row.changed_at.toISOString() }))),
      groups: groups.map(({ name, people: n, changed_at }) => ({ name, people: Number(n ?? 0), changed_at: changed_at.toISOString() })),
    }
  },
})

const text = (at: Date | null) => at?.toISOString() ?? null
