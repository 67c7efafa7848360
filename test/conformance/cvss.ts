/** CVSS scores, one vector a line: `VECTOR - (base, temporal, environmental)` for versions 2 and 3, `VECTOR - (score,)` for version 4. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import cvss from 'ae-cvss-calculator'
import { filesBelow } from './files.ts'
import { attempt, skipped, type Judge } from './verdict.ts'

export const judgeCvss: Judge = async function* (folder) {
  for (const file of filesBelow(folder)) {
    const lines = readFileSync(file, 'utf8').split('\n')
    for (const [i, line] of lines.entries()) {
      const [, vector, scores] = /^(\S+:\S+) - \((.+)\)$/.exec(line.trim()) ?? []
      const name = `${basename(file)}:${i + 1}`
      if (vector && scores) yield await attempt(name, () => compare(vector, scores))
      else if (line.trim() !== '') yield skipped(name, 'no vector with its scores')
    }
  }
}

function compare(vector: string, scores: string): string | undefined {
  const expected = scores.split(',').map((score) => score.trim()).filter(Boolean).map((score) => (score === 'None' ? undefined : Number(score)))
  const computed = scoresOf(vector, expected.length)
  const differs = expected.some((score, i) => score !== undefined && score !== computed[i])
  return differs ? `(${computed.join(', ')}) where (${expected.join(', ')}) is due` : undefined
}

/**
 * The vectors' scores apply every formula, also where a group of metrics is left out; the library wants one metric of the environmental group. `CR:M`
 * weighs 1, as *not defined* does.
 */
function scoresOf(vector: string, count: number): (number | undefined)[] {
  if (vector.startsWith('CVSS:4.0/')) return [new cvss.Cvss4P0(vector).calculateScores().overall]
  const whole = /\/(C|I|A)R:|\/M(AV|AC|PR|UI|S|C|I|A):/.test(vector) ? vector : `${vector}/CR:M`
  const { base, temporal = base, environmental } = threeGroups(whole).calculateScores()
  return [base, temporal, environmental].slice(0, count)
}

function threeGroups(vector: string) {
  if (vector.startsWith('CVSS:3.1/')) return new cvss.Cvss3P1(vector)
  return vector.startsWith('CVSS:3.0/') ? new cvss.Cvss3P0(vector) : new cvss.Cvss2(vector)
}
