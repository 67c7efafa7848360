/** `npm run conformance -- DIR`: holds our code against vectors that others made. Prints every failure, a line a folder, and the sum. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { csaf } from './csaf.ts'
import { judgeCvss } from './cvss.ts'
import { mail } from './mail.ts'
import { merkle } from './merkle.ts'
import { monitors } from './monitors.ts'
import { tlog } from './tlog.ts'
import type { Judge, Options, Verdict } from './verdict.ts'

/** Signs the logs of transparency-dev/tessera's test data. */
const tesseraKey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'

const judges: Record<string, Judge> = { merkle, tlog, monitors, cvss: judgeCvss, csaf, mail }

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'tlog-key': { type: 'string', default: tesseraKey } } })
const [root] = positionals
if (!root || !existsSync(root)) {
  console.error('usage: npm run conformance -- DIR [--tlog-key VKEY]\nDIR holds any of the folders merkle, tlog, monitors, cvss, csaf, mail.')
  process.exit(2)
}

const total = { passed: 0, failed: 0, skipped: 0 }
for (const [name, judge] of Object.entries(judges)) {
  const counts = await judgeFolder(join(root, name), judge, { tlogKey: values['tlog-key'] })
  if (counts) console.log(`${name.padEnd(9)} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  else console.log(`${name.padEnd(9)} SKIPPED: ${join(root, name)} does not exist`)
  for (const outcome of ['passed', 'failed', 'skipped'] as const) total[outcome] += counts?.[outcome] ?? 0
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

async function judgeFolder(folder: string, judge: Judge, options: Options): Promise<Record<Verdict['outcome'], number> | undefined> {
  if (!existsSync(folder)) return undefined
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for await (const { name, outcome, why } of judge(folder, options)) {
    counts[outcome] += 1
    if (outcome !== 'passed') console.log(`  ${outcome} ${name}: ${why}`)
  }
  return counts
}
