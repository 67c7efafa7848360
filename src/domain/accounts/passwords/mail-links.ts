import { newToken, tokenHash } from '../../../access/tokens.ts'
import type { Tx } from '../../../db/tx.ts'
import { NotFound } from '../../../lib/errors.ts'
import { openText, organizationKey, sealText } from '../../../seal/envelope.ts'
import type { LinkPurpose, MailLinkRow } from './tables.ts'

/** How long a link is good, and where it leads. The mailbox is the proof, so a reset has to be quick. */
const links: Record<LinkPurpose, { minutes: number; path: (token: string) => string }> = {
  'reset': { minutes: 30, path: (token) => `/sign-in/reset/${token}` },
  'sign-up': { minutes: 24 * 60, path: (token) => `/account/new/${token}` },
  'recovery': { minutes: 3 * 24 * 60, path: (token) => `/sign-in/recovery/${token}` },
  'refuse-recovery': { minutes: 7 * 24 * 60, path: (token) => `/sign-in/recovery/${token}/refuse` },
}

/** Whom the link is for: an account, or an address that has none yet. */
type Holder = { accountId: string; recoveryId?: string } | { address: string }

/** Makes a one-time link; the answer is its path, for the mail alone. Accounts live by the real clock, whatever an example's says. */
export async function createMailLink(tx: Tx, purpose: LinkPurpose, holder: Holder): Promise<string> {
  const token = newToken()
  const now = Date.now()
  await tx.db.insertInto('mail_links').values({
    organization_id: tx.organizationId, token_hash: tokenHash(token), purpose,
    account_id: 'accountId' in holder ? holder.accountId : null,
    address_box: 'address' in holder ? await sealText(tx, await organizationKey(tx), 'mail-link', holder.address) : null,
    recovery_id: 'accountId' in holder ? holder.recoveryId ?? null : null,
    created_at: new Date(now), expires_at: new Date(now + links[purpose].minutes * 60_000), used_at: null,
  }).execute()
  return links[purpose].path(token)
}

/** The open link of this token, locked where it is about to be used. Used, expired, unknown and made for something else are one answer. */
export async function openMailLink(tx: Tx, purpose: LinkPurpose, token: string, lock: 'lock' | 'look'): Promise<MailLinkRow> {
  const query = tx.db.selectFrom('mail_links').selectAll().where('token_hash', '=', tokenHash(token)).where('purpose', '=', purpose)
    .where('used_at', 'is', null).where('expires_at', '>', new Date())
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw staleLink()
  return row
}

export const staleLink = () => new NotFound('This link was used already or is too old. Ask for a new one.')

export const addressIn = async (tx: Tx, link: MailLinkRow): Promise<string> => openText(tx, await organizationKey(tx), 'mail-link', link.address_box!)

export async function useMailLink(tx: Tx, link: MailLinkRow): Promise<void> {
  await tx.db.updateTable('mail_links').set({ used_at: new Date() }).where('token_hash', '=', link.token_hash).execute()
}
