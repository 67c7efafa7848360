import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { Forbidden, Invalid } from '../lib/errors.ts'
import { readPosted } from './posted.ts'

const boundary = 'a-boundary'
const field = (name: string, value: string) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const fileHead = (name: string, filename: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${filename}"\r\ncontent-type: text/plain\r\n\r\n`
const end = `--${boundary}--\r\n`

const request = (body: string | ReadableStream) => new Request('http://avow.test/report', {
  method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body, duplex: 'half',
} as RequestInit)

function demandToken(token: string | undefined): void {
  if (token !== 'good') throw new Forbidden('form')
}

describe('a form with files', () => {
  it('gives fields and the ids of files, in the place of the files', async () => {
    const taken: string[] = []
    const takeFile = async (name: string, file: { name: string; type: string }, content: AsyncIterable<Uint8Array>) => {
      taken.push(`${name} ${file.name} ${file.type} ${Buffer.concat(await Array.fromAsync(content)).toString()}`)
      return `id-${taken.length}`
    }
    const body = field('csrf', 'good') + field('title', 'XSS') + fileHead('attachments', 'a.txt') + 'one\r\n' + fileHead('attachments', 'b.txt') + 'two\r\n'
      + fileHead('attachments', '') + '\r\n' + field('name', 'Ada') + end
    const input = await readPosted(request(body), { demandToken, takeFile })
    assert.deepEqual(JSON.parse(JSON.stringify(input)), { title: 'XSS', attachments: { 0: 'id-1', 1: 'id-2' }, name: 'Ada' })
    assert.deepEqual(taken, ['attachments a.txt text/plain one', 'attachments b.txt text/plain two'])
  })

  it('keeps nothing of a file before the token was seen', async () => {
    const takeFile = async () => assert.fail('a file was taken')
    const files = fileHead('attachments', 'a.txt') + 'one\r\n'
    await assert.rejects(readPosted(request(files + field('csrf', 'good') + end), { demandToken, takeFile }), Forbidden)
    await assert.rejects(readPosted(request(field('csrf', 'bad') + files + end), { demandToken, takeFile }), Forbidden)
    await assert.rejects(readPosted(request(field('title', 'x') + end), { demandToken, takeFile }), Forbidden)
  })

  it('ends with the refusal of whoever takes the file, and takes none where the form has no file field', async () => {
    const body = field('csrf', 'good') + fileHead('attachments', 'a.txt') + 'one\r\n' + end
    const full = new Invalid({ attachments: 'There is no room.' })
    await assert.rejects(readPosted(request(body), { demandToken, takeFile: async () => { throw full } }), full)
    await assert.rejects(readPosted(request(body), { demandToken }), (error: Invalid) => error.fields['attachments'] === 'This form takes no files.')
  })

  it('holds only a little of a large file at a time', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(120)
    const head = new TextEncoder().encode(field('csrf', 'good') + fileHead('attachments', 'large.bin'))
    const source = async function* () {
      yield head
      for (let i = 0; i < 1600; i += 1) yield chunk
      yield new TextEncoder().encode(`\r\n${end}`)
    }
    let [size, most] = [0, 0]
    const before = process.memoryUsage().arrayBuffers
    const takeFile = async (_: string, __: unknown, content: AsyncIterable<Uint8Array>) => {
      for await (const part of content) {
        size += part.byteLength
        most = Math.max(most, process.memoryUsage().arrayBuffers - before)
      }
      return 'id'
    }
    await readPosted(request(Readable.toWeb(Readable.from(source())) as ReadableStream), { demandToken, takeFile })
    assert.equal(size, 1600 * 64 * 1024)
    assert.ok(most < 48 * 1024 * 1024, `${most} bytes were held`)
  })

  it('refuses a body that is too large, whatever it says of its length', async () => {
    const body = new URLSearchParams({ csrf: 'good', text: 'x'.repeat(3 * 1024 * 1024) })
    await assert.rejects(readPosted(new Request('http://avow.test/', { method: 'POST', body }), { demandToken }), Invalid)
  })

  it('holds no more of fields beside files than of a form without', async () => {
    const one = field('csrf', 'good') + field('text', 'x'.repeat(3 * 1024 * 1024)) + end
    const many = field('csrf', 'good') + field('text', 'x'.repeat(100 * 1024)).repeat(30) + end
    for (const body of [one, many]) await assert.rejects(readPosted(request(body), { demandToken }), (error: Invalid) => /too much/.test(error.fields['text']!))
  })

  it('refuses a form of more fields than anybody fills in', async () => {
    const body = `csrf=good${'&a'.repeat(100_000)}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await assert.rejects(readPosted(new Request('http://avow.test/', { method: 'POST', headers, body }), { demandToken }), /cannot be accepted/)
    await assert.rejects(readPosted(request(field('csrf', 'good') + field('a', '').repeat(2001) + end), { demandToken }), /cannot be accepted/)
  })
})
