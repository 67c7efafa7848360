import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { awkward, broken } from '../../../../test/support/awkward-mail.ts'
import { readMail } from './read-mail.ts'

describe('awkward mail', () => {
  for (const { name, raw, words, nature, reads } of awkward) {
    it(`is read whole or by a person: ${name}`, async () => {
      const mail = await readMail(raw)
      if ('unreadable' in mail) return assert.ok(!reads, mail.unreadable)
      const kept = [mail.subject, mail.text, ...mail.files.flatMap((file) => [file.name, Buffer.from(file.content).toString('utf8')])].join('\n')
      for (const word of words) assert.ok(kept.includes(word), `“${word}” is lost: ${kept.slice(0, 500)}`)
      if (nature) assert.equal(mail.nature.kind, nature)
      assert.ok(mail.text.isWellFormed() && !mail.text.includes('\0'))
    })
  }

  it('neither throws nor hangs, however it is broken', async () => {
    for (const { name, raw } of broken(1, 4000)) {
      const mail = await readMail(raw).catch((error: unknown) => assert.fail(`${name}: ${String(error)}`))
      assert.ok('unreadable' in mail ? mail.unreadable : mail.text.isWellFormed(), name)
    }
  })
})
