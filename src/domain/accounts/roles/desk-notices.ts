import { may } from '../../../access/may.ts'
import type { Actor } from '../../../access/actor.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { listAbsences, namesOf } from './absences.ts'

/** Something that somebody has to know before they go on with their work. */
export interface DeskNotice { readonly title: string; readonly text: string; readonly place: string; readonly tone: 'plain' | 'warning' }

/** For whom the actor stands in today, and emergencies that somebody else has to look at. */
export async function deskNotices(tx: Tx, actor: Actor): Promise<DeskNotice[]> {
  if (actor.kind !== 'member') return []
  const { absences } = await listAbsences.run({ tx, actor }, {})
  const standingIn = absences.filter(({ now, delegate }) => now && delegate === actor.accountId)
  return [
    ...may(actor, 'approvals.give') ? await emergencies(tx, actor.accountId) : [],
    ...standingIn.map(({ name, until }) => ({
      title: `You stand in for ${name} until ${until}.`, text: 'Until then you may do here what they may do.', place: '/desk/absences', tone: 'plain' as const,
    })),
  ]
}

async function emergencies(tx: Tx, accountId: string): Promise<DeskNotice[]> {
  const rows = await tx.db.selectFrom('glass_breaks').select(['account_id', 'ends_at']).where('reviewed_at', 'is', null).orderBy('broken_at').execute()
  const names = await namesOf(tx, rows.map((row) => row.account_id))
  return rows.flatMap(({ account_id, ends_at }) => {
    const [open, own] = [ends_at > timestampOf(tx.now), account_id === accountId]
    if (own && !open) return []
    const title = own ? 'You have the access for emergencies.' : `${names.get(account_id) ?? 'Somebody'} took the access for emergencies.`
    const text = own ? 'It ends by itself. Give it back as soon as you are done.' : open ? 'Look who and why.' : 'Say whether it was called for.'
    return [{ title, text, place: '/desk/emergencies', tone: 'warning' as const }]
  })
}
