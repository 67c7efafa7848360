import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import { today } from '../../access/people.ts'
import type { Tx } from '../../db/tx.ts'
import { listNewcomers } from './find.ts'

/** On the desk of whoever confirms first days, from the day on. */
export async function firstDayNotices(tx: Tx, actor: Actor) {
  const come = may(actor, 'people.manage') ? await listNewcomers(tx, { until: today(tx) }) : []
  if (come.length === 0) return []
  const title = come.length === 1 ? 'Somebody’s first day has come.' : `${come.length} first days have come.`
  return [{ title, text: 'See what is missing, and confirm it.', place: '/desk/first-days', tone: 'plain' as const }]
}
