import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { modules } from '../../src/app.ts'
import { addSystem } from '../../src/domain/systems/add-system.ts'
import { checkScript } from '../../src/domain/systems/check-script.ts'
import { listSystemsQuery } from '../../src/domain/systems/list-systems.ts'
import { registerSource } from '../../src/domain/systems/register-source.ts'
import { createWeb } from '../../src/web/server.ts'
import { listening } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { operations } from '../support/routes.ts'
import { apiKey } from '../support/visitors.ts'
import { world, type World } from '../support/world.ts'

const guide = readFileSync(new URL('../../docs/guides/evidence.md', import.meta.url), 'utf8')

it('the desk and the guide show the same script', () => assert.ok(guide.includes(checkScript)))

describe('the script of the guide', { skip: needs('openssl', 'curl') }, () => {
  let w: World
  let served: Awaited<ReturnType<typeof listening>>
  const folder = mkdtempSync(join(tmpdir(), 'avow-check-'))
  before(async () => {
    w = await world()
    const web = createWeb({ database: w.database, modules, operations, log: { error: console.error } })
    served = await listening((request) => web.fetch(request))
  })
  after(async () => {
    await served?.close()
    await w?.close()
    rmSync(folder, { recursive: true })
  })

  it('signs a result with a key of openssl’s, and it is taken', async () => {
    w.clock.set(Temporal.Now.instant())
    const [script, key] = [join(folder, 'avow-check.sh'), join(folder, 'avow-check.pem')]
    writeFileSync(script, checkScript, { mode: 0o700 })
    const [, make, print] = /(openssl genpkey .*)\n(openssl pkey .*)/.exec(guide)!
    execFileSync('sh', ['-c', make!], { cwd: folder, stdio: 'ignore' })
    const publicKey = execFileSync('sh', ['-c', print!], { cwd: folder, encoding: 'utf8' }).trim()
    await w.as('admin').run(addSystem, { slug: 'web-app', title: 'The web app' })
    await w.as('admin').run(registerSource, { slug: 'scanner', title: 'Scanner', kinds: ['check.sso'], vouch: 'machine', public_key: publicKey })
    const { authorization } = await apiKey(w.database, w.organization.id, ['machine'])
    const env = {
      ...process.env, AVOW_URL: `${served.origin}/o/${w.organization.slug}`, AVOW_KEY: authorization.slice('Bearer '.length), AVOW_CHECK_KEY: key,
    }
    await promisify(execFile)(script, ['scanner', 'sso', 'web-app', 'passed'], { env })
    const { systems } = await w.as('admin').ask(listSystemsQuery, {})
    assert.deepEqual(systems[0]?.checks.map(({ check, passed }) => [check, passed]), [['sso', true]])
  })
})
