import type { Selectable } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { newToken, tokenHash } from '../../access/tokens.ts'
import type { InvitationRow } from '../../access/tables.ts'
import { NotFound } from '../../lib/errors.ts'

export const invitationDays = 7

/** Makes a one-time link to join; the answer is its path. Only the token's hash is kept, so the link can be shown just once. */
export async function createInvitation(tx: Tx, roles: readonly string[], invitedBy: string | null): Promise<string> {
  const token = newToken()
  const now = tx.now.epochMilliseconds
  await tx.db.insertInto('invitations').values({
    organization_id: tx.organizationId, id: tx.newId(), token_hash: tokenHash(token), roles: [...roles], invited_by: invitedBy, created_at: new Date(now),
    expires_at: new Date(now + invitationDays * 86_400_000), accepted_by: null, accepted_at: null, revoked_at: null,
  }).execute()
  return `/join/${token}`
}

/** The open invitation of this token, locked where it is about to be accepted. Used, expired and unknown are one answer. */
export async function openInvitation(tx: Tx, token: string, lock: 'lock' | 'look'): Promise<Selectable<InvitationRow>> {
  const query = tx.db.selectFrom('invitations').selectAll().where('token_hash', '=', tokenHash(token))
    .where('accepted_at', 'is', null).where('revoked_at', 'is', null).where('expires_at', '>', timestampOf(tx.now))
  const row = await (lock === 'lock' ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotFound('This link was used already, has expired, or was taken back. Ask for a new one.')
  return row
}

/** Ends the links that the deployment itself has made: only the newest set-up link is good. */
export async function revokeOwnInvitations(tx: Tx): Promise<void> {
  await tx.db.updateTable('invitations').set({ revoked_at: timestampOf(tx.now) })
    .where('invited_by', 'is', null).where('accepted_at', 'is', null).where('revoked_at', 'is', null).execute()
}
