import type { OwedDuty } from './whose.ts'

/** A letter is no list: who owes more reads it at the desk. */
const most = 15

/** What is owed and by when, a line each, with the way to it. Nothing of what was written stands here. */
export function linesOf(duties: readonly OwedDuty[], zone: string): string {
  const lines = duties.slice(0, most).map(({ words, path, dueAt, late }) => `${words}: ${late ? 'was due' : 'by'} ${dayAndHour(dueAt, zone)}\n{link:${path}}`)
  return [...lines, ...duties.length > most ? [`And ${duties.length - most} more.`] : []].join('\n\n')
}

const dayAndHour = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' }).format(at)
