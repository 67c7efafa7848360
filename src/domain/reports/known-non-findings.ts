import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid, NotFound } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { Words } from './exclusions.ts'
import { findAsset } from './find.ts'
import { Weakness } from './weaknesses.ts'

/** What people report again and again and is no weakness here, and why. It is recognised by words, a kind of weakness, or both. */
export interface KnownNonFinding { id: string; title: string; why: string; words: string[]; weakness: string; asset_id: string | null }

export const listKnown = (tx: Tx): Promise<KnownNonFinding[]> =>
  tx.db.selectFrom('known_non_findings').select(['id', 'title', 'why', 'words', 'weakness', 'asset_id']).where('retired_at', 'is', null)
    .orderBy('title').execute()

export const addKnown = verb({
  name: 'non-finding.add', summary: 'Publish what is often reported and is no weakness here, and why.', may: 'policies.write', entries: [],
  input: z.object({
    title: z.string().trim().min(1, 'Give it a title.').max(200).describe('What people report'),
    why: z.string().trim().min(1, 'Say why it is none.').max(5000).describe('Why it is no weakness here'),
    words: Words, weakness: Weakness.describe('Kind of weakness, such as CWE-1021'),
    asset: z.union([z.uuid(), z.literal('')]).default('').describe('Where it holds; empty for everything'),
  }),
  output: z.object({ known: z.uuid() }),
  async run({ tx }, { asset, ...given }) {
    if (given.words.length === 0 && !given.weakness) throw new Invalid({ words: 'Say by which words or kind of weakness a report of it is recognised.' })
    if (asset && !await findAsset(tx, asset)) throw new Invalid({ asset: 'This is not in the list. Choose another, or none.' })
    const id = tx.newId()
    await tx.db.insertInto('known_non_findings')
      .values({ organization_id: tx.organizationId, id, ...given, asset_id: asset || null, added_at: timestampOf(tx.now) }).execute()
    return { known: id }
  },
})

export const retireKnown = verb({
  name: 'non-finding.retire', summary: 'Take something off the list of known non-findings.', may: 'policies.write', entries: [],
  input: z.object({ known: z.uuid().describe('Its id') }),
  async run({ tx }, { known }) {
    const { numUpdatedRows } = await tx.db.updateTable('known_non_findings').set({ retired_at: timestampOf(tx.now) })
      .where('id', '=', known).where('retired_at', 'is', null).executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
  },
})

export const readKnown = query({
  name: 'non-finding.list', summary: 'What is often reported and is no weakness here.', may: 'public.read', input: z.object({}),
  run: async ({ tx }) => ({ known: await listKnown(tx) }),
})
