import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { NotFound } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { findAsset, listAssets } from './find.ts'
import { assetListed, assetRetired } from './kinds.ts'
import { assetKinds } from './report.ts'

/** Puts something in the programme's scope, or names it as out of scope so that nobody spends a night on it. */
export const addAsset = verb({
  name: 'asset.add',
  summary: 'Put something in the programme’s scope, or name it as out of scope.',
  may: 'policies.write',
  input: z.object({
    name: z.string().trim().min(1, 'Give it a name.').max(200).describe('What people call it'),
    kind: z.enum(assetKinds).default('website').describe('What it is'),
    locator: z.string().trim().max(500).default('').describe('Where it is: an address, a package, a repository'),
    in_scope: z.boolean().default(true).describe('Whether it may be tested'),
    note: z.string().trim().max(1000).default('').describe('What testers should know'),
  }),
  entries: ['asset.listed'],
  async run({ tx }, input) {
    const id = tx.newId()
    await tx.db.insertInto('assets').values({ organization_id: tx.organizationId, id, ...input, created_at: timestampOf(tx.now) }).execute()
    const { in_scope: inScope, ...facts } = input
    await append(tx, assetListed, { subjects: { asset: id }, marks: { scope: inScope ? 'in' : 'out' }, facts })
    return { asset: id }
  },
})

export const retireAsset = verb({
  name: 'asset.retire',
  summary: 'Take something off the scope list.',
  may: 'policies.write',
  input: z.object({ asset: z.uuid().describe('The asset’s id') }),
  entries: ['asset.retired'],
  async run({ tx }, input) {
    const asset = await findAsset(tx, input.asset)
    if (!asset) throw new NotFound()
    await tx.db.updateTable('assets').set({ retired_at: timestampOf(tx.now) }).where('id', '=', asset.id).execute()
    await append(tx, assetRetired, { subjects: { asset: asset.id }, marks: {}, facts: { name: asset.name } })
    return { asset: asset.id }
  },
})

export const listAssetsQuery = query({
  name: 'asset.list',
  summary: 'What is in scope, and what is not.',
  may: 'public.read',
  input: z.object({}),
  assistants: true,
  run: async ({ tx }) => ({
    assets: (await listAssets(tx)).map(({ id, name, kind, locator, in_scope, note }) => ({ id, name, kind, locator, in_scope, note })),
  }),
})
