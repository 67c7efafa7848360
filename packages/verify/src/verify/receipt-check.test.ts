import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, it } from 'node:test'
import { SampleLog } from '../../test/sample-log.ts'
import { signer } from '../../test/signers.ts'
import { base64, fromBase64, fromUtf8, utf8 } from '../ledger/bytes.ts'
import { formatContent } from '../ledger/receipt.ts'
import { verifyReceipt, type ReceiptFiles } from './receipt-check.ts'
import { receiptInWords } from './words.ts'

const witness = signer('witness.example/w', 0x04)
const attachment = utf8('GET /?next=//evil.example')
const facts = { title: 'Open redirect', description: 'It redirects anywhere.', attachments: [{ name: 'request.txt', sha256: hash('sha256', attachment),
  size: attachment.length }] }
const trust = { keys: [signer('log.example/acme').key], witnesses: [witness.key] }

async function sampleReceipt(): Promise<{ receipt: string; content: string }> {
  const log = new SampleLog()
  for (let i = 0; i < 5; i++) log.add({ at: '2026-01-05T09:00:00Z', stream: 'disclosure', kind: 'report.received', cases: { report: `r${i}` },
    marks: { vouch: 'both' }, facts })
  await log.publish('2026-01-05T09:00:01Z', [witness])
  return { receipt: await log.receipt(2), content: formatContent(facts) }
}

async function faults(change: (files: { receipt: string; content: string }) => Partial<ReceiptFiles>, keys = trust): Promise<string[]> {
  const files = await sampleReceipt()
  return (await verifyReceipt({ ...files, ...change(files) }, keys)).faults.map(({ code }) => code)
}

describe('a receipt', () => {
  it('proves what was recorded, and until when, without its log', async () => {
    const files = await sampleReceipt()
    const result = await verifyReceipt({ ...files, attachments: [{ name: 'request.txt', bytes: attachment }] }, trust)
    assert.deepEqual([result.ok, result.faults, result.notes], [true, [], []])
    assert.deepEqual([result.entry!.kind, result.entry!.index, result.entry!.size, result.entry!.cases], ['report.received', 2, 5, { report: 'r2' }])
    assert.deepEqual(result.notAfter, { witness: 'witness.example/w', at: Date.parse('2026-01-05T09:00:01Z') })
    assert.deepEqual(result.facts, facts)
    const words = receiptInWords(result)
    assert.match(words, /^Verified\. The log holds this entry\./)
    assert.match(words, /not after 2026-01-05T09:00:01.000Z, when witness\.example\/w saw it[^]*exactly what was recorded/)
  })

  it('says what it does not prove without content file and witness', async () => {
    const { receipt } = await sampleReceipt()
    const result = await verifyReceipt({ receipt }, { ...trust, witnesses: [] })
    assert.ok(result.ok)
    assert.deepEqual(result.notes.map(({ code }) => code).sort(), ['content_absent', 'date_unwitnessed'])
  })

  it('is not believed under another key', async () => {
    assert.deepEqual(await faults(() => ({}), { ...trust, keys: [signer('log.example/other').key] }), ['checkpoint_untrusted'])
  })

  it('does not prove another content, or a file that was not there', async () => {
    assert.deepEqual(await faults(() => ({ content: formatContent({ ...facts, title: 'Another' }) })), ['content_differs'])
    assert.deepEqual(await faults(() => ({ attachments: [{ name: 'other.txt', bytes: utf8('other') }] })), ['attachment_differs'])
    assert.deepEqual(await faults(() => ({ content: undefined, attachments: [{ name: 'request.txt', bytes: attachment }] })), ['attachment_differs'])
    assert.deepEqual(await faults(({ content }) => ({ content: content.trim() })), ['malformed_content'])
  })

  it('is not one without the extra line', async () => {
    assert.deepEqual(await faults(({ receipt }) => ({ receipt: receipt.replace(/extra .*\n/, '') })), ['malformed_receipt'])
  })

  it('does not open the seal once the facts were erased', async () => {
    const withoutSalt = (receipt: string) => receipt.replace(/extra (.*)\n/, (_, extra: string) => {
      const { salt2: _salt2, ...rest } = JSON.parse(fromUtf8(fromBase64(extra)))
      return `extra ${base64(utf8(JSON.stringify(rest)))}\n`
    })
    assert.deepEqual(await faults(({ receipt }) => ({ receipt: withoutSalt(receipt), content: undefined })), [])
    assert.deepEqual(await faults(({ receipt }) => ({ receipt: withoutSalt(receipt) })), ['content_differs'])
  })

  it('shows every changed byte of itself and of its content', async () => {
    const files = await sampleReceipt()
    for (const name of ['receipt', 'content'] as const) {
      const bytes = utf8(files[name])
      for (let at = 0; at < bytes.length; at++) {
        const changed = new TextDecoder().decode(bytes.with(at, bytes[at]! ^ 1))
        const result = await verifyReceipt({ ...files, [name]: changed }, trust)
        assert.ok(!result.ok || !result.notAfter, `${name}, byte ${at}`)
      }
    }
  })
})
