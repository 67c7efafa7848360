import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { openJson, organizationKey, sealJson } from '../../seal/envelope.ts'
import { query, verb } from '../../verbs/verb.ts'
import type { Named } from './guest.ts'
import { Address, Name } from './invite-guest.ts'

/* People outside the team whom the programme names, so that either side of a case can call one of them in. Reporters see their names. */

const context = (id: string) => `mediator:${id}`

export const nameMediator = verb({
  name: 'mediator.name',
  summary: 'Name somebody outside the team whom either side of a case may call in.',
  may: 'policies.write',
  input: z.object({ name: Name.describe('Who it is; reporters see it'), address: Address.describe('Where they are called in') }),
  output: z.object({ mediator: z.uuid() }),
  entries: [],
  async run({ tx }, identity) {
    const [id, keyId] = [tx.newId(), await organizationKey(tx)]
    await tx.db.insertInto('mediators').values({
      organization_id: tx.organizationId, id, key_id: keyId, identity: await sealJson(tx, keyId, context(id), identity),
      named_at: timestampOf(tx.now), retired_at: null,
    }).execute()
    return { mediator: id }
  },
})

export const retireMediator = verb({
  name: 'mediator.retire',
  summary: 'No longer offer somebody as a mediator. What they were called into goes on.',
  may: 'policies.write',
  input: z.object({ mediator: z.uuid() }),
  entries: [],
  async run({ tx }, { mediator }) {
    const { numUpdatedRows: retired } = await tx.db.updateTable('mediators').set({ retired_at: timestampOf(tx.now) })
      .where('id', '=', mediator).where('retired_at', 'is', null).executeTakeFirst()
    if (retired === 0n) throw new NotFound()
  },
})

export const listMediators = query({
  name: 'mediator.list',
  summary: 'Lists the mediators whom the programme names.',
  may: 'policies.write',
  input: z.object({}),
  run: async ({ tx }) => ({ mediators: await mediatorsOf(tx) }),
})

export type Mediator = Named & { readonly id: string }

export async function mediatorsOf(tx: Tx): Promise<Mediator[]> {
  const rows = await tx.db.selectFrom('mediators').selectAll().where('retired_at', 'is', null).orderBy('named_at').execute()
  return Promise.all(rows.map(async ({ id, key_id: keyId, identity }) => ({ id, ...await openJson<Named>(tx, keyId, context(id), identity) })))
}
