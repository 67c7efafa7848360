import * as log from '../src/index.ts'
import { sampleDuplicate } from './sample-duplicate.ts'
import { SampleLog } from './sample-log.ts'
import { signer } from './signers.ts'

/** The examples that open docs/formats/ledger.md, receipt.md, duplicates.md and redaction.md: a log of three entries, its checkpoint cosigned by one witness. */
export async function formatExamples(): Promise<Record<'ledger' | 'receipt' | 'duplicates' | 'redaction', string[]>> {
  const sample = new SampleLog('security.acme.example/log')
  sample.configure('2026-01-05T08:00:00Z', 'disclosure', 'delayed', 90)
  const facts = { title: 'Open redirect after sign-in', attachments: [{ name: 'request.txt',
    sha256: log.hex(log.sha256(log.utf8('GET /?next=//evil.example'))), size: 25 }] }
  sample.add({ at: '2026-01-05T09:00:00Z', stream: 'disclosure', kind: 'report.received', cases: { report: '5mc3kq0v1r8t2x7n' }, marks: { vouch: 'both' },
    facts })
  const by = { vouch: 'both', by: 'human' }
  sample.add({ at: '2026-01-06T10:30:00Z', stream: 'disclosure', kind: 'report.acknowledged', cases: { report: '5mc3kq0v1r8t2x7n' }, marks: by, facts: {} })
  const checkpoint = await sample.publish('2026-01-06T10:30:01Z', [signer('witness.other.example/w', 0x04)])
  const { facts: _, salt2: _salt2, ...opening } = sample.openings[1]!
  const { marks: _marks, salt3: _salt3, ...head } = opening
  const receipt = await sample.receipt(1)
  const { extra } = log.parseTlogProof(receipt)
  return {
    ledger: [
      `${log.fromUtf8(log.leafBytes(sample.leaves[1]!))}\n`,
      log.formatOpenings([opening]),
      log.formatOpenings([{ ...head, held: log.marksMac(opening) }]),
      checkpoint,
      `${log.printVkey(sample.signer.key)}\n`,
    ],
    duplicates: await duplicates(),
    redaction: [log.formatRedacted((await sampleDuplicate()).redacted)],
    receipt: [receipt, `${log.fromUtf8(extra!)}\n`, log.formatContent(facts)],
  }
}

async function duplicates(): Promise<string[]> {
  const { sealed, opened } = await sampleDuplicate()
  return [sealed, opened]
}
