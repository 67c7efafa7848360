import type { Actor } from '../../../access/actor.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Database } from '../../../db/database.ts'
import type { Tx } from '../../../db/tx.ts'
import type { SignInDomainRow } from '../../../access/sign-in-tables.ts'
import { append } from '../../../ledger/index.ts'
import { post, toTeam } from '../../../mail/index.ts'
import { recordOf } from './domains.ts'
import { domainLost, domainProved } from './kinds.ts'

/** TXT records of a name, each in its pieces: `dns.promises.resolveTxt`. */
export type ResolveTxt = (name: string) => Promise<string[][]>

/** A proof that is missing for so long counts for nothing any more; until then it may be a slip of whoever keeps the DNS. */
const graceDays = 7

type Seen = 'there' | 'missing' | 'no answer'

/** Looks for the proof of every claimed domain, outside of any transaction, and keeps what was seen. */
export async function lookAtDomains(database: Database, organizationId: string, actor: Actor, resolveTxt: ResolveTxt): Promise<void> {
  const domains = await database.read(organizationId, (tx) => tx.db.selectFrom('sign_in_domains').selectAll().execute())
  const seen = await Promise.all(domains.map(async (row) => ({ row, seen: await look(row, resolveTxt) })))
  if (seen.length > 0) await database.write(organizationId, async (tx) => { for (const one of seen) await keep({ ...tx, actor }, one.row, one.seen) })
}

async function look(row: SignInDomainRow, resolveTxt: ResolveTxt): Promise<Seen> {
  const { name, text } = recordOf(row)
  try {
    return (await resolveTxt(name)).some((pieces) => pieces.join('') === text) ? 'there' : 'missing'
  } catch (error) {
    return ['ENOTFOUND', 'ENODATA'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'missing' : 'no answer'
  }
}

async function keep(tx: Tx, before: SignInDomainRow, seen: Seen): Promise<void> {
  const { domain, proof } = before
  // It may have been released, or claimed anew, while we looked.
  const row = await tx.db.selectFrom('sign_in_domains').selectAll().where('domain', '=', domain).where('proof', '=', proof).forUpdate().executeTakeFirst()
  if (!row) return
  const now = timestampOf(tx.now)
  const set = (values: Partial<SignInDomainRow>) =>
    tx.db.updateTable('sign_in_domains').set({ looked_at: now, ...values }).where('domain', '=', domain).execute()
  if (seen === 'there') {
    await set({ missing_since: null, proved_at: row.proved_at ?? now })
    if (!row.proved_at) await append(tx, domainProved, { subjects: {}, marks: {}, facts: { domain } })
  } else if (seen === 'missing' && row.proved_at) {
    const since = row.missing_since ?? now
    const lost = now.getTime() - since.getTime() >= graceDays * 86_400_000
    await set({ missing_since: since, ...lost && { proved_at: null } })
    if (lost) await append(tx, domainLost, { subjects: {}, marks: {}, facts: { domain } })
    if (lost || !row.missing_since) await tell(tx, lost)
  } else await set({})
}

const tell = async (tx: Tx, lost: boolean) =>
  post(tx, { to: await toTeam(tx, 'sign-in.manage'), subject: 'The proof of a mail domain is missing', text: missingText(lost) })

const missingText = (lost: boolean) => `${lost
  ? `The DNS record that shows that a mail domain is yours has been missing for ${graceDays} days. Single sign-on and the directory no longer work for it.`
  : `The DNS record that shows that a mail domain is yours is missing. If it stays away for ${graceDays} days, single sign-on stops for the domain.`}

Which domain, and the record to set:

{link:/desk/single-sign-on}`
