/** A verification as a person reads it: the verdict first, then what it rests on. */
import { iso, type DateBounds } from './dates.ts'
import type { StreamSummary } from './disclosure.ts'
import type { DuplicateVerification } from './duplicate-check.ts'
import type { Finding } from './findings.ts'
import type { ReceiptVerification } from './receipt-check.ts'
import type { PublishedPart, RedactedVerification } from './redacted-check.ts'
import type { SampleVerification } from './sample-check.ts'
import type { CommitmentCheck } from './standings.ts'
import type { Verification } from './verify-log.ts'

export function logInWords({ ok, faults, notes, log, dates = [], streams = [], texts = 0, standings }: Verification): string {
  const lines = [verdict(ok, faults, 'Verified. Everything that could be checked is as the log says.')]
  if (log) lines.push('', `Log      ${log.origin}, ${log.size} entries`, `Root     ${log.root}`, `Key      ${log.key} (${trustInWords[log.trust]})`)
  if (dates.length > 0) lines.push('', 'Dates', ...dates.map(datesInWords))
  if (streams.length > 0) lines.push('', 'Streams', ...streams.map(streamInWords))
  if (standings) lines.push('', `Standings, at ${standings.size} entries and ${iso(standings.asOf)}`, ...standings.commitments.map(commitmentInWords))
  if (texts > 0) lines.push('', `${count(texts, 'policy text')} checked against the hash in the log.`)
  return finish(lines, notes)
}

export function receiptInWords({ ok, faults, notes, entry, facts, notAfter }: ReceiptVerification): string {
  const lines = [verdict(ok, faults, 'Verified. The log holds this entry.')]
  if (entry) {
    lines.push('', `Entry    ${entry.index} of ${entry.origin}, proven in a log of ${entry.size}`, `What     ${entry.kind} (stream ${entry.stream})`)
    lines.push(`When     ${iso(entry.at)}, ${notAfter ? `not after ${iso(notAfter.at)}, when ${notAfter.witness} saw it` : 'the operator’s word'}`)
    for (const [name, value] of Object.entries({ ...entry.cases, ...entry.marks })) lines.push(`         ${name}: ${String(value)}`)
  }
  if (facts) lines.push('', 'The content file is exactly what was recorded.')
  return finish(lines, notes)
}

export function duplicateInWords({ ok, faults, notes, choice, original, opened }: DuplicateVerification): string {
  const lines = [verdict(ok, faults, 'Verified. The original is in the log, and was named as it says.')]
  if (original) lines.push('', `Original  entry ${original.index}, recorded ${iso(original.at)}`)
  if (choice) lines.push(`Named     by entry ${choice.index} of ${choice.origin}, recorded ${iso(choice.at)}`)
  if (opened) lines.push('', `What it says (${opened.kind})`,
    ...opened.parts.map((part) => `  ${part ? `${part.of}: ${String(part.value).trimEnd()}` : '▇▇▇'}`))
  return finish(lines, notes)
}

export function redactedInWords({ ok, faults, notes, report, published, messages = [] }: RedactedVerification): string {
  const lines = [verdict(ok, faults, 'Verified. Every open part is what was reported, and every sealed part was in the report from the beginning.')]
  if (report) lines.push('', `Report   entry ${report.index}, ${report.kind}, recorded ${iso(report.at)}`)
  if (published) lines.push('', 'What it says', ...published.map((part, n) => `  ${headOf(part.of, published[n - 1]?.of)}${partInWords(part)}`))
  for (const { index, at, kind, parts } of messages) {
    lines.push('', `Message  entry ${index}, ${kind}, recorded ${iso(at)}`, ...parts.map((part) => `  ${partInWords(part)}`))
  }
  return finish(lines, notes)
}

/** The name of a text stands at its first line alone. */
const headOf = (of: string, before: string | undefined) => of === before ? ' '.repeat(of.length + 2) : `${of}: `
const partInWords = (part: PublishedPart) => 'shown' in part ? sealedInWords(part.shown) : asText(part.value)
const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).trimEnd()
const sealedInWords = (shown: string | null) => shown === null ? '▇▇▇ (sealed)' : `${shown.trimEnd()} (sealed; so the publisher renders it)`

export function sampleInWords({ ok, faults, notes, sample, population, checked }: SampleVerification): string {
  const lines = [verdict(ok, faults, 'Verified. Nobody chose this sample, and every line of its index is in the log.')]
  if (sample) {
    lines.push('', `Sample      ${sample.size} of ${sample.members}: ${sample.practice}, ${sample.from} to ${sample.to}`)
    lines.push(`Fixed       by entry ${sample.fixed} of ${sample.origin}`, `Drawn       by entry ${sample.drawn}, with the seed ${sample.seed}`)
    lines.push(`Your words  ${sample.words === '' ? 'none' : sample.words}`)
  }
  for (const { source, compared_at: at, members, only_here: here, only_there: there } of population?.sources ?? []) {
    lines.push(`Compared    with ${source} on ${at}: ${members} there, ${here.length} only here, ${there.length} only there`)
  }
  if (checked) lines.push(`Checked     ${count(checked.subjects, 'subject')}, ${count(checked.entries, 'entry', 'entries')}, ${count(checked.files, 'file')}`)
  return finish(lines, notes)
}

function verdict(ok: boolean, faults: readonly Finding[], good: string): string {
  if (ok) return good
  return [`NOT VERIFIED: ${count(faults.length, 'fault')}.`, ...faults.map(({ code, message }) => `  ${message} [${code}]`)].join('\n')
}

function finish(lines: readonly string[], notes: readonly Finding[]): string {
  return `${[...lines, ...(notes.length > 0 ? ['', 'Not known', ...notes.map(({ message }) => `  ${message}`)] : [])].join('\n')}\n`
}

const trustInWords: Record<NonNullable<Verification['log']>['trust'], string> = {
  pinned: 'pinned',
  remembered: 'remembered from an earlier check',
  'first use': 'from the server itself, on first use',
}

function datesInWords({ from, to, notBefore, notAfter }: DateBounds): string {
  const bounds = [
    ...(notBefore ? [`not before ${iso(notBefore.at)} (${notBefore.witness})`] : []),
    ...(notAfter ? [`not after ${iso(notAfter.at)} (${notAfter.witness})`] : []),
  ]
  return `  entries ${from} to ${to - 1}: ${bounds.length > 0 ? bounds.join(', ') : 'the operator’s word'}`
}

function streamInWords({ stream, opens, entries, opened, held, overdue, provableFrom }: StreamSummary): string {
  const parts = [
    `${opened} of ${count(entries, 'entry', 'entries')} open`,
    ...(held > 0 ? [`${held} with their marks held back`] : []),
    ...(overdue > 0 ? [`${overdue} OVERDUE`] : []),
    ...(provableFrom === undefined ? [] : [`all open from ${iso(provableFrom)}`]),
  ]
  return `  ${stream} (${opens}): ${parts.join(', ')}`
}

function commitmentInWords({ policy, mark, said = 'nothing', computed, verdict: outcome, provableFrom, lastOpen }: CommitmentCheck): string {
  const verdicts: Record<CommitmentCheck['verdict'], string> = {
    confirmed: `${computed}, recomputed and confirmed`,
    differs: `the server says ${said}, the entries say ${computed}: DIFFERS`,
    attested: `${said}, attested${provableFrom === undefined ? '' : `, provable from ${iso(provableFrom)}`}`
      + (lastOpen === undefined ? '' : `; ${lastOpen.standing} on ${iso(lastOpen.at)}, recomputed`),
    sealed: `${said}, stated, sealed`,
  }
  return `  ${policy}#${mark}: ${verdicts[outcome]}`
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
