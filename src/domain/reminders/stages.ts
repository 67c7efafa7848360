import type { OwedDuty } from './whose.ts'
import type { Stage } from './tables.ts'

const dayMs = 86_400_000

/**
 * At which points a duty is spoken of: when three quarters of its time are gone, on its last day where it had more than four, and once it is
 * late. `hoursBefore` is when somebody else is told too, where that is arranged; never before half of its time is gone.
 */
export function stagesOf({ openedAt, dueAt, late }: Pick<OwedDuty, 'openedAt' | 'dueAt' | 'late'>, nowMs: number, hoursBefore: number | undefined): Stage[] {
  if (late || nowMs >= dueAt) return ['late']
  const time = dueAt - openedAt
  const soon = nowMs >= dueAt - time / 4
  const today = time > 4 * dayMs && nowMs >= dueAt - dayMs
  const next = hoursBefore !== undefined && nowMs >= dueAt - Math.min(hoursBefore * 3_600_000, time / 2)
  return [...soon ? ['soon'] as const : [], ...today ? ['today'] as const : [], ...next ? ['next'] as const : []]
}
