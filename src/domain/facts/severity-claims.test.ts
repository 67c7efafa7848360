import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ratingOf, scoreOf } from '../reports/index.ts'
import { checkSeverity, scoresIn, vectorsIn } from './severity-claims.ts'

function scored(vector: string) {
  const score = scoreOf(vector)
  return score === null ? null : { score, rating: ratingOf(score) }
}
const looked = (text: string) =>
  checkSeverity({ vectors: vectorsIn(text), scores: scoresIn(text), text }, scored).facts.map(({ mark, says }) => `${mark}: ${says}`)
const worst = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'

describe('a claimed severity', () => {
  it('is computed anew, 3.1 and 4.0', () => {
    assert.deepEqual(looked(`It is ${worst}, that is CVSS 9.8`), ['yes: 9.8, critical'])
    assert.deepEqual(looked('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'), ['yes: 9.3, critical'])
  })

  it('is set beside what was claimed', () => {
    assert.deepEqual(looked(`${worst}: base score 10.0`), ['yes: 9.8, critical', 'hint: claimed, while the vector gives 9.8'])
    assert.deepEqual(looked('I rate it 8.8 (high).'), ['unchecked: claimed without a vector, so that nothing can be computed'])
    assert.deepEqual(looked('Version 9.8 of the app; 3.1 apples; by CVSS 3.1 it is bad, CVSS v4.0 too; the score 9.8.7 is none'), [])
  })

  it('that is no whole vector is told apart from one that is not computed', () => {
    assert.deepEqual(looked('CVSS:3.1/AV:N/AC:L'), ['no: not a complete vector'])
    assert.match(looked('CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')[0]!, /^unchecked/)
  })

  const contradictions: [name: string, vector: string, text: string][] = [
    ['privileges', worst, 'While logged in as admin, open the page.'],
    ['no privileges', worst.replace('PR:N', 'PR:H'), 'An unauthenticated attacker sends this.'],
    ['an account that anybody gets', worst.replace('PR:N', 'PR:H'), 'Self-registration gives you one.'],
    ['a victim who acts', worst, 'The victim clicks the link.'],
    ['a victim who does not', worst.replace('UI:N', 'UI:R'), 'It needs no user interaction.'],
    ['the spot', worst, 'It takes physical access.'],
    ['afar', worst.replace('AV:N', 'AV:L'), 'A remote attacker sends this.'],
    ['a race', worst, 'There is a race condition.'],
    ['an escape', worst, 'This is a container escape.'],
  ]
  for (const [name, vector, text] of contradictions) {
    it(`that the text contradicts is hinted at: ${name}`, () => {
      assert.deepEqual(looked(`${vector}\n${text}`).slice(1).map((line) => line.split(':')[0]), ['hint'])
      assert.equal(looked(`${vector}\nIt is there.`).length, 1)
    })
  }

  it('is found in time that grows with the text', () => {
    for (const text of ['CVSS:3.1'.repeat(100_000), `CVSS:3.1${'/AV:N'.repeat(100_000)}`, 'score '.repeat(100_000), 'the victim '.repeat(90_000)]) looked(text)
  })
})
