/** `npm run conformance -- DIR`: holds our code against vectors that others made. Prints every failure, a line a folder, and the sum. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Judge, Options, Verdict } from './verdict.ts'

/** Signs the logs of transparency-dev/tessera's test data. */
const tesseraKey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'

/** Loaded when its folder is there: some bring large libraries along. */
const judges: Record<string, () => Promise<Judge>> = {
  merkle: async () => (await import('./merkle.ts')).merkle,
  tlog: async () => (await import('./tlog.ts')).tlog,
  monitors: async () => (await import('./monitors.ts')).monitors,
  cvss: async () => (await import('./cvss.ts')).judgeCvss,
  csaf: async () => (await import('./csaf.ts')).csaf,
  mail: async () => (await import('./mail.ts')).mail,
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'tlog-key': { type: 'string', default: tesseraKey } } })
const [root] = positionals
if (!root || !existsSync(root)) {
  console.error('usage: npm run conformance -- DIR [--tlog-key VKEY]\nDIR holds any of the folders merkle, tlog, monitors, cvss, csaf, mail.')
  process.exit(2)
}

const total = { passed: 0, failed: 0, skipped: 0 }
for (const [name, load] of Object.entries(judges)) {
  const counts = await judgeFolder(join(root, name), load, { tlogKey: values['tlog-key'] })
  if (counts) console.log(`${name.padEnd(9)} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  else console.log(`${name.padEnd(9)} SKIPPED: ${join(root, name)} does not exist`)
  for (const outcome of ['passed', 'failed', 'skipped'] as const) total[outcome] += counts?.[outcome] ?? 0
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

async function judgeFolder(folder: string, load: () => Promise<Judge>, options: Options): Promise<Record<Verdict['outcome'], number> | undefined> {
  if (!existsSync(folder)) return undefined
  const judge = await load()
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for await (const { name, outcome, why } of judge(folder, options)) {
    counts[outcome] += 1
    if (outcome !== 'passed') console.log(`  ${outcome} ${name}: ${why}`)
  }
  return counts
}
