import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { defineKind } from '../../ledger/index.ts'
import { NotFound } from '../../lib/errors.ts'
import type { ExerciseRow, Group } from './tables.ts'

export type Exercise = Selectable<ExerciseRow>

/** In the stream of people, which is sealed: in a public one the team would read of an exercise before it comes. */
const stated = { stream: 'people', subjects: ['exercise'], vouch: 'company', marks: z.object({}) } as const

export const exercisePlanned = defineKind({
  kind: 'exercise.planned', about: 'Two people decided that the team is sent a harmless phishing mail.', ...stated,
  facts: z.object({ subject: z.string(), first_day: z.string(), last_day: z.string(), people: z.number() }),
})

/** Figures of the whole team; none where fewer than five were sent the mail. */
export const exerciseCompleted = defineKind({
  kind: 'exercise.completed', about: 'An exercise against phishing was completed, and its links no longer lead to anybody.', ...stated, vouch: 'machine',
  facts: z.object({ sent: z.number(), opened: z.number().optional(), reported: z.number().optional() }),
})

/** Nothing is told of fewer people than this: one of them would know of the others. */
export const fewest = 5

export async function getExercise(tx: Tx, id: string): Promise<Exercise> {
  const row = await tx.db.selectFrom('exercises').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound()
  return row
}

/** The newest first. */
export const exercises = (tx: Tx): Promise<Exercise[]> => tx.db.selectFrom('exercises').selectAll().orderBy('planned_at', 'desc').execute()

/** Planned by one person, and not approved yet. */
export const exercisesToApprove = (tx: Tx): Promise<Exercise[]> =>
  tx.db.selectFrom('exercises').selectAll().where('approved_at', 'is', null).where('ended_at', 'is', null).orderBy('planned_at').execute()

/** Approved, and not over. */
export const runningExercises = (tx: Tx): Promise<Exercise[]> =>
  tx.db.selectFrom('exercises').selectAll().where('approved_at', 'is not', null).where('ended_at', 'is', null).execute()

/** The Monday of the week of a moment, as a day: `2026-03-02`. */
export function mondayOf(at: Temporal.Instant, zone: string): string {
  const day = at.toZonedDateTimeISO(zone).toPlainDate()
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}

export type Week = Omit<Group, 'from' | 'to'> & { readonly week: string }

/** Weeks in their order, put together until each group has enough people; what is left at the end goes to the last. Too few in all: none. */
export function groupsOf(weeks: readonly Week[]): Group[] {
  const groups: Group[] = []
  let open: Group | null = null
  for (const { week, ...counts } of weeks.toSorted((a, b) => a.week.localeCompare(b.week))) {
    open = open ? together(open, { from: week, to: week, ...counts }) : { from: week, to: week, ...counts }
    if (open.sent < fewest) continue
    groups.push(open)
    open = null
  }
  const last = groups.pop()
  return last ? [...groups, open ? together(last, open) : last] : []
}

const together = (a: Group, b: Group): Group =>
  ({ from: a.from, to: b.to, sent: a.sent + b.sent, opened: a.opened + b.opened, reported: a.reported + b.reported })
