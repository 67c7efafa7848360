import type { Selectable } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { newToken, tokenHash } from '../../access/tokens.ts'
import type { InvitationRow } from '../../access/tables.ts'
import { NotFound } from '../../lib/errors.ts'

export const invitationDays = 7

export interface Invitation {
  readonly roles: readonly string[]
  /** When the membership will end by itself; null: it has no end. */
  readonly endsAt: Date | null
  /** Whom of the team's list it is for; null: somebody who is not on it. */
  readonly personId?: string | null
  /** Null: made by the deployment itself. */
  readonly invitedBy: string | null
}

/** Makes a one-time link to join; `path` is its page. Only the token's hash is kept, so the link can be shown just once. */
export async function newInvitation(
  tx: Tx, { roles, endsAt: ends_at, personId: person_id = null, invitedBy: invited_by }: Invitation,
): Promise<{ id: string; path: string }> {
  const [id, token, now] = [tx.newId(), newToken(), tx.now.epochMilliseconds]
  await tx.db.insertInto('invitations').values({
    organization_id: tx.organizationId, id, token_hash: tokenHash(token), roles: [...roles], ends_at, person_id, invited_by, created_at: new Date(now),
    expires_at: new Date(Math.min(now + invitationDays * 86_400_000, ends_at?.getTime() ?? Infinity)), accepted_by: null, accepted_at: null, revoked_at: null,
  }).execute()
  return { id, path: `/join/${token}` }
}

/** The path of an invitation whose membership has no end. */
export const createInvitation = async (tx: Tx, roles: readonly string[], invitedBy: string | null): Promise<string> =>
  (await newInvitation(tx, { roles, endsAt: null, invitedBy })).path

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
