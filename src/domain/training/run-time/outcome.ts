import type { Package, PackageItem } from '../packages/manifest.ts'

/** What one part said last: elements of SCORM's data model by name, each as the text that the package gave. `at` orders reports of one browser. */
export interface PartReport { readonly at: number; readonly values: Readonly<Record<string, string>> }
export type Reported = Readonly<Record<string, PartReport>>

/** `passed` null: it goes on. `score` from 0 to 1, where any part gave one. */
export interface Outcome { readonly passed: boolean | null; readonly score: number | null }

/**
 * How an attempt stands. It is passed as soon as every part is; it has failed only when the learner has left for good (`over`) and nothing is open,
 * since many packages let them try a question again.
 */
export function outcomeOf({ standard, items }: Package, reported: Reported, over: boolean): Outcome {
  const parts = items.map((item) => partOutcome(standard, item, reported[item.id]?.values ?? {}))
  const scores = parts.flatMap(({ score }) => score ?? [])
  const score = scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length
  if (parts.every(({ passed }) => passed === true)) return { passed: true, score }
  return { passed: over && parts.every(({ passed }) => passed !== null) ? false : null, score }
}

/** Whether the learner may go on where they were: the part said so, or is not done. */
export const isSuspended = ({ values }: PartReport): boolean => (values['cmi.exit'] ?? values['cmi.core.exit']) === 'suspend'

function partOutcome(standard: Package['standard'], { reports, pass }: PackageItem, values: PartReport['values']): Outcome {
  if (!reports) return { passed: Object.keys(values).length > 0 || null, score: null }
  return standard === '1.2' ? by12(values, pass) : by2004(values, pass)
}

/** SCORM 1.2 Run-Time Environment 3.4.4: with a mastery score the score decides, as soon as the part says that it is done. */
function by12(values: PartReport['values'], pass: number | null): Outcome {
  const [raw, min = 0, max = 100] = ['raw', 'min', 'max'].map((name) => numberIn(values[`cmi.core.score.${name}`]))
  const status = values['cmi.core.lesson_status'] ?? ''
  const done = ['passed', 'completed', 'failed'].includes(status)
  const passed = !done ? null : pass !== null && raw !== undefined ? raw >= pass : status !== 'failed'
  return { passed, score: raw === undefined || max <= min ? null : within((raw - min) / (max - min)) }
}

/** SCORM 2004 Run-Time Environment 4.2.4 and 4.2.21: a passing score decides over what the part says; without either, complete is enough. */
function by2004(values: PartReport['values'], pass: number | null): Outcome {
  const scaled = numberIn(values['cmi.score.scaled'])
  const said = values['cmi.success_status']
  const success = pass !== null ? scaled === undefined ? undefined : scaled >= pass : said === 'passed' ? true : said === 'failed' ? false : undefined
  const passed = success ?? (pass === null && values['cmi.completion_status'] === 'completed' ? true : null)
  return { passed, score: scaled === undefined ? null : within(scaled) }
}

const numberIn = (text = ''): number | undefined => text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)
const within = (share: number): number => Math.min(1, Math.max(0, share))
