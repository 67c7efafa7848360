import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { sourceConnected } from '../../commitments/index.ts'
import { append, findKind } from '../../ledger/index.ts'
import { Invalid } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { findSource } from './find.ts'
import { avowSlug, Slug } from './system.ts'

export const vouches = ['machine', 'third-party', 'both', 'company'] as const

/** 32 bytes in base64: a raw Ed25519 public key. */
const PublicKey = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32, 'An Ed25519 public key has 32 bytes.')

/** Tells the ledger what feeds which kinds of entries. Until something does, promises that rest on them are unproven. */
export const registerSource = verb({
  name: 'source.register',
  summary: 'Connect a tool that records evidence: which kinds of entries it feeds, and who vouches for them.',
  may: 'systems.manage', stepUp: true,
  input: z.object({
    slug: Slug.refine((slug) => slug !== avowSlug, 'This name is Avow’s own.').describe('Its short name: ci'),
    title: z.string().trim().min(1).max(200),
    kinds: z.array(z.string()).max(200).describe('Entry kinds that it feeds: change.reviewed'),
    vouch: z.enum(vouches).describe('Who stands behind what it records'),
    public_key: PublicKey.optional().describe('Ed25519 public key in base64, with which it signs check results'),
    api_key: z.uuid().optional().describe('Id of the API key that it uses'),
  }),
  entries: ['source.connected'],
  async run({ tx }, input) {
    const unknown = input.kinds.filter((kind) => !findKind(kind))
    if (unknown.length > 0) throw new Invalid({ kinds: `There are no entry kinds called ${unknown.join(', ')}.` })
    return { source: await connectSource(tx, input) }
  },
})

interface NewSource {
  readonly slug: string
  readonly title: string
  readonly kinds: readonly string[]
  readonly vouch: (typeof vouches)[number]
  readonly public_key?: string | undefined
  readonly api_key?: string | undefined
}

/** What was registered under the name before is replaced. */
export async function connectSource(tx: Tx, { slug, title, kinds, vouch, public_key: publicKey, api_key: apiKey }: NewSource): Promise<string> {
  const id = (await findSource(tx, slug))?.id ?? tx.newId()
  const row = {
    title, vouch, kinds: [...kinds], public_key: publicKey === undefined ? null : Buffer.from(publicKey, 'base64'),
    api_key_id: apiKey ?? null, registered_at: timestampOf(tx.now),
  }
  await tx.db.insertInto('sources').values({ organization_id: tx.organizationId, id, slug, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'slug']).doUpdateSet(row)).execute()
  const facts = { source: slug, kinds: [...kinds], vouch, ...publicKey !== undefined && { public_key: publicKey } }
  await append(tx, sourceConnected, { subjects: { source: id }, marks: {}, facts })
  return id
}
