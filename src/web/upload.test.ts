import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { TooMany } from '../lib/errors.ts'
import { world, type World } from '../../test/support/world.ts'
import { stageAttachment } from '../seal/attachments.ts'
import { metered } from './upload.ts'

const MB = 1024 * 1024
const allowance = { name: 'upload test', count: 3, perSeconds: 3600 }

describe('what one network may upload', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  async function* file(bytes: number) { for (let left = bytes; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(65_536, left)) }
  const upload = (network: string, bytes: number) =>
    stageAttachment(w.database, w.organization.id, { name: 'x', type: 'text/plain' }, metered(w.database, network, file(bytes), allowance))
  const staged = () => w.read(async (tx) => (await tx.db.selectFrom('attachments').select('id').execute()).length)

  it('is counted in megabytes, and ends in the middle of a file, of which nothing is kept', async () => {
    await upload('192.0.2.1', 1.5 * MB)
    await assert.rejects(upload('192.0.2.1', 1.5 * MB), (error) =>
      error instanceof TooMany && /3 MB.*without files/.test(error.message) && error.retryAfterSeconds > 3000)
    assert.equal(await staged(), 1)
  })

  it('is another network’s no business', async () => {
    await upload('192.0.2.2', 2 * MB)
    assert.equal(await staged(), 2)
  })

  it('does not count an empty file', async () => {
    for (let i = 0; i < 5; i++) await upload('192.0.2.3', 0)
    assert.equal(await staged(), 7)
  })
})
