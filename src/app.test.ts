import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../test/support/world.ts'
import { createApp } from './app.ts'
import { readSettings } from './config/index.ts'
import { createLog } from './lib/log.ts'

const w = await world()
after(() => w.close())

const answer = async (path: string, environment: Record<string, string>): Promise<Response> => {
  const app = createApp({ database: w.database, settings: readSettings(environment), log: createLog('silent') })
  return app(new Request(`http://avow.test/o/${w.organization.slug}${path}`))
}

test('it shows outgoing mail and the parts of the pages in development, and nowhere else', async () => {
  for (const path of ['/dev/mail', '/dev/look']) {
    assert.equal((await answer(path, { AVOW_DEVELOPMENT: 'yes' })).status, 200, path)
    assert.equal((await answer(path, { AVOW_URL: 'https://security.example.org' })).status, 404, path)
  }
})

test('it names form and address of the security contact under the public address, whatever the request says of its host', async () => {
  const settings = { AVOW_URL: 'https://security.example.org', AVOW_CONTACT_ADDRESS: 'security@example.org' }
  const text = await (await answer('/.well-known/security.txt', settings)).text()
  assert.match(text, /^Contact: https:\/\/security\.example\.org\/.*report\r$/m)
  assert.match(text, /^Contact: mailto:security@example\.org\r$/m)
  assert.ok(!text.includes('avow.test'))
})
