import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { commandLine, type CommandLine } from '../support/command-line.ts'

describe('the command line against a running Avow', () => {
  let avow: CommandLine
  before(async () => { avow = await commandLine(['triager']) })
  after(() => avow.close())

  it('takes a report with a file, lists it, and acknowledges it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'avow-cli-')), 'scan.txt')
    writeFileSync(file, 'port 8443 answers')
    const told = ['--title', 'Open port', '--description', 'Port 8443 answers.', '--steps', 'nmap', '--good-faith']
    const tools = ['--tools', '{"name":"nmap","version":"7","output":"open"}']
    const sent = await avow.run(['report', 'submit', ...told, ...tools, '--attachments', file, '--json'], false)
    assert.equal(sent.status, 0, sent.err)
    const { report: id, phrase } = JSON.parse(sent.out) as { report: string; phrase: string }
    assert.match(phrase, /^\w{5}(-\w{5}){5}$/)
    assert.match((await avow.run(['report', 'list'])).out, /Open port/)
    assert.match((await avow.run(['report', 'acknowledge', '--report', id, '--message', 'Thank you.'])).out, /state +acknowledged/)
    const again = await avow.run(['report', 'acknowledge', '--report', id, '--message', 'Thank you.'])
    assert.equal(again.status, 1)
    assert.match(again.err, /acknowledged/i)
  })

  it('says what is wrong, at which flag, and what was probably meant', async () => {
    const refused = await avow.run(['report', 'submit', '--title', '', '--description', 'x', '--good-faith'], false)
    assert.deepEqual([refused.status, /--title: Give the report a title/.test(refused.err)], [1, true])
    const meant = 'There is no command “report acknowlege”.\nDid you mean “avow report acknowledge”?\n'
    assert.deepEqual(await avow.run(['report', 'acknowlege']), { status: 2, out: '', err: meant })
    assert.equal((await avow.run(['report', 'list'], false)).err, 'Sign in first.\n')
    assert.equal((await avow.run(['report', 'list', '--statte', 'open'])).status, 2)
  })
})
