import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { policyInForce } from '../../src/domain/policies/index.ts'
import { commandLine, type CommandLine } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'avow-policy-'))
const page = join(folder, 'page.html')
const policy = join(folder, 'security.md')

describe('a policy on the command line', () => {
  let avow: CommandLine
  before(async () => { avow = await commandLine(['admin']) })
  after(() => avow.close())

  const run = (...args: string[]) => avow.run(['policy', ...args])

  it('is made of an existing page', async () => {
    writeFileSync(page, '<h1>Security</h1><p>We reply to every report within 5 days. Please be patient.</p><p>We make backups of all systems.</p>')
    const imported = await run('import', page, '--to', policy)
    assert.equal(imported.status, 0, imported.err)
    assert.match(imported.out, /^promise {4}We reply to every report within 5 days\.\n {11}\[\^ack\] Every `report\.received`/)
    assert.match(imported.out, /← confirm: 1 day is a guess/)
    assert.match(imported.out, /2 promises, 1 requests, 0 permissions, 0 statements\./)
    assert.match(readFileSync(policy, 'utf8'), /^# Security\n\nWe reply to every report within 5 days\.\[\^ack\] Please be patient\.\n/)
  })

  it('is never written over', async () => {
    const again = await run('import', page, '--to', policy)
    assert.deepEqual([again.status, /exists\. Name another file/.test(again.err)], [2, true])
  })

  it('is checked without a server, with dates, and with what has to be mended', async () => {
    const checked = await run('check', policy)
    assert.equal(checked.status, 0, checked.err)
    assert.match(checked.out, /Whenever a report is received, it is acknowledged by a person or closed by a person within five days\./)
    assert.match(checked.out, /is due by \w+day \d/)
    assert.match(checked.out, /Unproven: nothing feeds `backup\.completed` yet\./)
    const broken = join(folder, 'broken.md')
    writeFileSync(broken, readFileSync(policy, 'utf8').replace('happens at', 'hapens at'))
    const wrong = await run('check', broken)
    assert.equal(wrong.status, 1)
    assert.match(wrong.out, /broken\.md:\d+:\d+ “hapens” — did you mean “happens”\?\n {2}Write: For each system, /)
    assert.match(wrong.out, /Write: For each system, `backup\.completed` happens at least every day\./)
  })

  it('is published with its promises shown, in one command', async () => {
    const published = await run('publish', policy, '--show', 'public')
    assert.equal(published.status, 0, published.err)
    assert.equal((await avow.read(policyInForce))?.slug, 'security')
    assert.match(await (await fetch(avow.home)).text(), /We reply to every report within 5 days\./)
  })
})
