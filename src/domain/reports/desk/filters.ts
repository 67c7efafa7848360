import { z } from 'zod'
import type { Selectable } from 'kysely'
import type { Actor } from '../../../access/actor.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Forbidden, NotFound, refuseIf } from '../../../lib/errors.ts'
import { verb } from '../../../verbs/verb.ts'
import { filterIn, queryOf } from './filter.ts'
import type { SavedFilterRow } from './tables.ts'

const MOST = 50

/** A view of the inbox under a name: its own maker's, or everybody's. `me` in it is whoever looks. */
export const saveFilter = verb({
  name: 'inbox-filter.save', summary: 'Keep a view of the inbox under a name, for yourself or for the team.', may: 'reports.read', entries: [],
  input: z.object({
    name: z.string().trim().min(1, 'Give it a name.').max(60, 'At most 60 characters.'), query: z.string().max(2000)
      .describe('As in the inbox’s address: queue=proven&assignee=me'),
    shared: z.boolean().default(false).describe('Everybody of the team sees it'),
  }),
  async run({ tx, actor }, { name, query, shared }) {
    if (actor.kind !== 'member') throw new Forbidden('reports.read')
    refuseIf((await savedFilters(tx, actor)).length >= MOST, 'too_many_filters', `At most ${MOST} of them: delete one first.`)
    const [id, said] = [tx.newId(), queryOf(filterIn(new URLSearchParams(query)))]
    await tx.db.insertInto('saved_filters')
      .values({ organization_id: tx.organizationId, id, account_id: actor.accountId, shared, name, query: said, made_at: timestampOf(tx.now) }).execute()
    return { filter: id, query: said }
  },
})

export const deleteFilter = verb({
  name: 'inbox-filter.delete', summary: 'Delete a view of the inbox that you kept.', may: 'reports.read', entries: [],
  input: z.object({ filter: z.uuid() }),
  async run({ tx, actor }, { filter }) {
    if (actor.kind !== 'member') throw new Forbidden('reports.read')
    const { numDeletedRows } = await tx.db.deleteFrom('saved_filters').where('id', '=', filter).where('account_id', '=', actor.accountId).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
  },
})

/** One's own, and the shared ones. */
export const savedFilters = (tx: Tx, actor: Actor): Promise<Omit<Selectable<SavedFilterRow>, 'organization_id' | 'made_at'>[]> =>
  tx.db.selectFrom('saved_filters').select(['id', 'account_id', 'shared', 'name', 'query'])
    .where((is) => is.or([is('shared', '=', true), is('account_id', '=', actor.kind === 'member' ? actor.accountId : null)])).orderBy('name').execute()
