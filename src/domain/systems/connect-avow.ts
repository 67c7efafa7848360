import type { Database } from '../../db/database.ts'
import type { Tx } from '../../db/tx.ts'
import { declareKinds } from '../../ledger/index.ts'
import type { Verb } from '../../verbs/verb.ts'
import { listSystem } from './add-system.ts'
import { findSource } from './find.ts'
import { connectSource } from './register-source.ts'
import { avowSlug } from './system.ts'

/** What Avow looks at by itself. */
const ownChecks = [
  'check.tls', 'check.contact', 'check.password-hashing', 'check.password-rules', 'check.second-factor', 'check.encryption-at-rest',
  'check.roles-assigned',
]

/** Verbs through which others feed whatever they do; that they exist feeds nothing. */
const open = new Set(['evidence.record', 'evidence.import', 'evidence.approve-import', 'check.record'])

/** The kinds that this installation feeds by itself: whatever its verbs append, and its own checks. */
export function fedKinds(verbs: readonly Verb[]): string[] {
  return [...new Set([...verbs.filter(({ name }) => !open.has(name)).flatMap(({ entries }) => entries), ...ownChecks])].sort()
}

/**
 * At start: says in the ledger what Avow feeds and where each kind is filed, when that has changed, and lists Avow itself as the first
 * of the company's systems.
 */
export async function connectAvow(database: Database, organizationId: string, verbs: readonly Verb[]): Promise<void> {
  await database.write(organizationId, (tx) => connect({ ...tx, actor: { kind: 'system', job: 'start' } }, fedKinds(verbs)))
}

async function connect(tx: Tx, kinds: string[]): Promise<void> {
  await declareKinds(tx)
  const known = await tx.db.selectFrom('systems').select('id').where('slug', '=', avowSlug).limit(1).executeTakeFirst()
  // Retired on purpose, it stays so.
  if (!known) await listSystem(tx, { slug: avowSlug, title: 'Avow', hosts: [] })
  const before = await findSource(tx, avowSlug)
  if (before && before.kinds.join() === kinds.join()) return
  await connectSource(tx, { slug: avowSlug, title: 'Avow', kinds, vouch: 'company' })
}
