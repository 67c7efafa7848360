import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { open, seal } from './sealed-file.ts'

const now = Temporal.Instant.from('2026-01-05T09:00:00Z')

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const sealed = async (plain: Buffer) => Buffer.concat(await Array.fromAsync(seal('correct horse battery', now, pieces(plain, 10_000))))
const opened = async (bytes: Buffer, passphrase = 'correct horse battery') =>
  Buffer.concat(await Array.fromAsync(open(passphrase, pieces(bytes, 7_777))))

describe('a sealed file', () => {
  for (const size of [0, 65536, 65537, 200_000]) {
    it(`gives ${size} bytes back`, async () => {
      const plain = randomBytes(size)
      assert.deepEqual(await opened(await sealed(plain)), plain)
    })
  }

  it('says that the passphrase is wrong', async () => {
    await assert.rejects(opened(await sealed(randomBytes(10)), 'wrong horse battery'), /passphrase is not the one of this backup/)
  })

  it('notices a change anywhere', async () => {
    const whole = await sealed(randomBytes(140_000))
    for (const at of [0, 20, 200, 66_000, whole.length - 1]) {
      const changed = Buffer.from(whole)
      changed[at]! ^= 1
      await assert.rejects(opened(changed), { name: 'BackupProblem' }, `byte ${at}`)
    }
  })

  it('notices a missing end, also where a chunk ends', async () => {
    const whole = await sealed(randomBytes(140_000))
    const head = whole.indexOf(10, 14) + 1
    for (const length of [5, head + 65552, head + 2 * 65552, whole.length - 1]) {
      await assert.rejects(opened(whole.subarray(0, length)), { name: 'BackupProblem' }, `${length} bytes`)
    }
  })
})
