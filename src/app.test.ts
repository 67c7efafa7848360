import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../test/support/world.ts'
import { createApp } from './app.ts'
import { readSettings } from './config/index.ts'
import { createLog } from './lib/log.ts'

const w = await world()
after(() => w.close())

const statusOf = async (path: string, environment: Record<string, string>): Promise<number> => {
  const app = createApp({ database: w.database, settings: readSettings(environment), log: createLog('silent') })
  return (await app(new Request(`http://avow.test/o/${w.organization.slug}${path}`))).status
}

test('it shows outgoing mail and the parts of the pages in development, and nowhere else', async () => {
  for (const path of ['/dev/mail', '/dev/look']) {
    assert.equal(await statusOf(path, { AVOW_DEVELOPMENT: 'yes' }), 200, path)
    assert.equal(await statusOf(path, { AVOW_URL: 'https://security.example.org' }), 404, path)
  }
})
