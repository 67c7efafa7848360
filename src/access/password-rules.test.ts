import assert from 'node:assert/strict'
import { hash } from '@node-rs/argon2'
import { describe, it } from 'node:test'
import { checkNewPassword, strengthOf } from './password-rules.ts'
import { hashPassword, isStrongHash, passwordMatches } from './passwords.ts'

const ada = { address: 'ada.lovelace@example.org', name: 'Ada Lovelace', organizationName: 'Analytical Engines' }
const check = (password: string) => checkNewPassword(password, ada)

describe('a new password', () => {
  it('may have any characters, and needs no mixture of them', async () => {
    const many = ['four words are better', 'kQ8#vLmz2!pX', 'бегемот идёт на рынок', '나는 비밀번호를 좋아한다', 'umbrella 🦔 in the kitchen', 'lamp kettle orbit  fjord']
    for (const good of many) assert.equal(await check(good), null, good)
  })

  it('has 12 to 256 characters, counted as people count them', async () => {
    assert.match((await check('kQ8#vLmz2!p'))!, /at least 12/)
    assert.match((await check('🦔🐙🦑🦀🐝🦋'))!, /at least 12/)
    const long = 'lamp kettle orbit fjord '.repeat(11).slice(0, 256)
    assert.equal(await check(long), null)
    assert.match((await check(`${long}x`))!, /at most 256/)
  })

  it('is none of a million common ones, in whatever case', async () => {
    for (const common of ['qazwsxedc123', '1qaz2wsx3edc', 'LeaveMeAlone', 'chickenwing101']) assert.match((await check(common))!, /million/, common)
  })

  it('is not made of what is guessed first', async () => {
    for (const weak of ['password2024!!', 'P@ssw0rd2024!!', 'Summer2026!!', 'aaaaaaaaaaaaaaaa', 'abcdefghijklmnop', 'qwertyuiop[]asdf', 'dragondragondragon']) {
      assert.match((await check(weak))!, /guessed too soon|million/, weak)
    }
  })

  it('leaves out the name and the address, and counts the organisation for nothing', async () => {
    const own = ['my name is lovelace', 'ADA.LOVELACE@example.org!', 'x ada.lovelace@example.org']
    for (const one of own) assert.match((await check(one))!, /Leave your name/, one)
    const { guessesLog10: known } = await strengthOf('analytical 12', ['analytical'])
    assert.ok(known < (await strengthOf('analytical 12')).guessesLog10)
  })

  it('is judged by its beginning, so that a long one takes no longer', async () => {
    const hard = '4@8({[<369&#!1|0$5+7%2/4@8({[<369&#!1|0$5'
    assert.deepEqual(await strengthOf(hard.repeat(50)), await strengthOf(hard))
  })
})

describe('a stored password', () => {
  it('matches however its characters were composed', async () => {
    assert.ok(await passwordMatches(await hashPassword('cafe\u0301 ﬁne on ice'), 'café fine on ice'))
    assert.ok(!await passwordMatches(null, 'there is no such account'))
  })

  it('is known as weak where it took less work than today', async () => {
    assert.ok(isStrongHash(await hashPassword('x')))
    assert.ok(!isStrongHash(await hash('x', { memoryCost: 8192, timeCost: 2, parallelism: 1 })))
    assert.ok(!isStrongHash(await hash('x', { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 1 })))
    assert.ok(!isStrongHash('$2b$10$abcdefghijklmnopqrstuv'))
  })
})
