import { findPractice } from './practice-kinds.ts'

interface Owed { readonly policy: string; readonly mark: string; readonly what: readonly string[] }

/**
 * The page at the desk where what is owed is done, filled as far as is known; null where it is done elsewhere.
 * `subjects`: what it is about, by the names that `evidence.record` takes.
 */
export function placeOfDeed({ policy, mark, what }: Owed, subjects: Readonly<Record<string, string>>): string | null {
  if (what.includes('absence.attested')) return `/desk/evidence/absence/${policy}/${mark}`
  const inAvow = what.map((one) => doneAt(one, subjects)).find(Boolean)
  if (inAvow) return inAvow
  const kind = what.find((one) => findPractice(one))
  if (kind) return `/desk/evidence?${new URLSearchParams({ kind, ...subjects })}`
  if (!what.some((one) => one.startsWith('check.'))) return null
  return subjects.system ? `/desk/systems/${subjects.system}` : '/desk/systems'
}

/** Where the work itself is done in Avow. */
function doneAt(kind: string, { person, report }: Readonly<Record<string, string>>): string | undefined {
  if (report && (kind === 'report.disclosed' || kind === 'embargo.extended-by-both')) return `/desk/reports/${report}/disclosure`
  if (kind === 'nda.signed' || kind === 'agreement.signed') return '/desk/agreements'
  return kind.startsWith('background-check.') && person ? `/desk/first-days/${person}/background-check` : undefined
}
