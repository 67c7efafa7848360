import cvss from 'ae-cvss-calculator'
import { Invalid } from '../../lib/errors.ts'
import type { Severity } from './report.ts'

/** Qualitative rating scale of CVSS 3.1 (section 5) and 4.0 (section 6): 0 none, below 4 low, below 7 medium, below 9 high. */
export const rating = (score: number): Severity => (score === 0 ? 'none' : score < 4 ? 'low' : score < 7 ? 'medium' : score < 9 ? 'high' : 'critical')

/** The overall score of a CVSS 3.1 or 4.0 vector, or null when the vector is not a complete one. */
export function scoreOf(vector: string): number | null {
  const parsed = parsedVector(vector)
  return parsed?.isBaseFullyDefined() ? (parsed.calculateScores().overall ?? null) : null
}

/** `5.3, medium`. */
export function scoreInWords(vector: string): string {
  const score = scoreOf(vector)
  return score === null ? 'not a complete vector' : `${score.toFixed(1)}, ${rating(score)}`
}

function parsedVector(vector: string) {
  try {
    if (vector.startsWith('CVSS:4.0/')) return new cvss.Cvss4P0(vector)
    return vector.startsWith('CVSS:3.1/') ? new cvss.Cvss3P1(vector) : null
  } catch {
    return null   // The library throws on metrics or values that it does not know.
  }
}

/** The vector decides where there is one; a word that contradicts it is refused, since one of the two is a slip. */
export function judgeSeverity(vector: string, word: Severity | undefined): Severity {
  if (!vector) {
    if (!word) throw new Invalid({ severity: 'Choose a severity, or give a CVSS vector.' })
    return word
  }
  const score = scoreOf(vector)
  if (score === null) throw new Invalid({ cvss: 'This is not a complete CVSS 3.1 or 4.0 vector. One looks like CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N.' })
  const computed = rating(score)
  if (word && word !== computed) {
    throw new Invalid({ severity: `The vector's score is ${score.toFixed(1)}, which is “${computed}”. Correct the vector or choose “${computed}”.` })
  }
  return computed
}
