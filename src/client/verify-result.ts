/** Draws what the verifier found. Text only ever becomes text nodes. */
import {
  iso, type CommitmentCheck, type DateBounds, type DuplicateVerification, type Finding, type Part, type PublishedPart, type ReceiptVerification,
  type RedactedVerification, type StreamSummary, type Verification,
} from 'avow-verify'

type Child = Node | string

export interface Wanted { readonly policy: string; readonly mark: string }

export function showLog({ ok, faults, notes, log, dates = [], streams = [], texts = 0, standings }: Verification, wanted?: Wanted): Node {
  return draw('div', { class: 'stack' },
    ...(wanted && standings ? [promise(wanted, standings)] : []),
    verdict(ok, faults, 'Verified: everything that could be checked is as the log says.'),
    ...(standings ? [table('Standings, computed from the entries', commitmentHeads, standings.commitments.map(commitmentRow))] : []),
    ...(log ? [facts([['Log', log.origin], ['Entries', String(log.size)], ['Policy texts checked', String(texts)], ['Root', log.root], ['Key',
      log.key]])] : []),
    ...(streams.length > 0 ? [table('Streams', ['Stream', 'Opens', 'Open entries'], streams.map(streamRow))] : []),
    ...(dates.length > 0 ? [list('Dates', dates.map(datesInWords))] : []),
    ...(notes.length > 0 ? [list('What cannot be known', notes.map(({ message }) => message))] : []))
}

export function showReceipt({ ok, faults, notes, entry, facts: content, notAfter }: ReceiptVerification): Node {
  return draw('div', { class: 'stack' },
    verdict(ok, faults, content ? 'Verified: this is what was recorded.' : 'Verified: the log holds this entry.'),
    ...(entry ? [facts([
      ['Log', entry.origin],
      ['Entry', `${entry.index}, in a log of ${entry.size}`],
      ['Kind', entry.kind],
      ['Recorded', `${iso(entry.at)} (${notAfter ? `seen by ${notAfter.witness} at ${iso(notAfter.at)}` : 'the operator’s word'})`],
      ...Object.entries({ ...entry.cases, ...entry.marks }).map(([name, value]): [string, string] => [name, String(value)]),
    ])] : []),
    ...(content ? [draw('h3', {}, 'What was recorded'), draw('pre', {}, JSON.stringify(content, undefined, 2))] : []),
    ...(notes.length > 0 ? [list('What cannot be known', notes.map(({ message }) => message))] : []))
}

export function showDuplicate({ ok, faults, notes, choice, original, opened }: DuplicateVerification): Node {
  return draw('div', { class: 'stack' },
    verdict(ok, faults, 'Verified: the original is in the log, and was named as it says.'),
    ...(original ? [facts([
      ['What came first', `entry ${original.index}, recorded ${iso(original.at)}`],
      ...(choice ? [['Named by', `entry ${choice.index} of ${choice.origin}, recorded ${iso(choice.at)}`] as const] : []),
    ])] : []),
    ...(opened ? [said(`What it says (${opened.kind})`, openParts(opened.parts), opened.parts.filter((part) => part === null).length)] : []),
    ...(notes.length > 0 ? [list('What cannot be known', notes.map(({ message }) => message))] : []))
}

export function showPublished({ ok, faults, notes, report, published, messages = [] }: RedactedVerification): Node {
  return draw('div', { class: 'stack' },
    verdict(ok, faults, 'Verified: every open part is what was reported, and every sealed part was in the report from the beginning.'),
    ...(report ? [facts([['Report', `entry ${report.index}, ${report.kind}, recorded ${iso(report.at)}`]])] : []),
    ...(published ? [said('What it says', together(published.flatMap(publishedPart)))] : []),
    ...messages.map(({ index, at, kind, parts }) => said(`Message: entry ${index}, ${kind}, recorded ${iso(at)}`, together(parts.flatMap(publishedPart)))),
    ...(notes.length > 0 ? [list('What cannot be known', notes.map(({ message }) => message))] : []))
}

type Said = readonly (readonly [string, string])[]

/** The lines of one text in one place. */
function together(parts: Said): Said {
  const all: [string, string][] = []
  for (const [name, text] of parts) {
    const last = all.at(-1)
    if (last?.[0] === name) last[1] += text
    else all.push([name, text])
  }
  return all
}

const publishedPart = (part: PublishedPart): Said => 'value' in part ? openParts([part])
  : [[part.of, part.shown === null ? '▇▇▇ sealed\n' : `${part.shown.trimEnd()} (sealed; so the publisher puts it)\n`]]

/** What is said: what was left empty is not shown. */
const openParts = (parts: readonly (Part | null)[]): Said => parts.flatMap((part) => !part || part.value === null || part.value === '' ? []
  : [[part.of, typeof part.value === 'string' ? part.value : JSON.stringify(part.value)] as const])

const said = (title: string, parts: Said, sealed = 0) => draw('section', {}, draw('h3', {}, title), facts(parts),
  ...(sealed > 0 ? [draw('p', { class: 'soft' }, sealed === 1 ? 'One part of it stays sealed.' : `${sealed} parts of it stay sealed.`)] : []))

export function showProblem(message: string): Node {
  return draw('div', { class: 'notice notice-bad' }, draw('p', {}, message))
}

function verdict(ok: boolean, faults: readonly Finding[], good: string): Node {
  if (ok) return draw('div', { class: 'notice notice-good' }, draw('p', {}, draw('strong', {}, good)))
  const items = faults.map(({ message }) => draw('li', {}, message))
  return draw('div', { class: 'notice notice-bad' }, draw('p', {}, draw('strong', {}, 'Not verified.')), draw('ul', {}, ...items))
}

/** The one that the link was about, before all others. */
function promise({ policy, mark }: Wanted, { asOf, commitments }: NonNullable<Verification['standings']>): Node {
  const check = commitments.find((one) => one.policy === policy && one.mark === mark)
  if (!check) return showProblem(`This log has no public promise “${mark}” in a policy “${policy}”.`)
  const [sentence, said, outcome] = commitmentRow(check)
  const known = check.verdict === 'confirmed' || check.verdict === 'differs'
  return draw('section', { id: 'promise', class: 'sheet stack', tabindex: '-1', 'aria-label': 'The promise' },
    draw('h3', {}, sentence!),
    facts([
      ['The page says', said!], ['The entries say', known ? check.computed! : 'not open to everybody yet'], ['Outcome', outcome!], ['As of', iso(asOf)],
    ]))
}

const commitmentHeads = ['Commitment', 'The page says', 'Outcome']

function commitmentRow({ sentence, said = 'nothing', computed = '', verdict: outcome, provableFrom, lastOpen }: CommitmentCheck): string[] {
  const then = lastOpen === undefined ? '' : `; ${lastOpen.standing} on ${iso(lastOpen.at).slice(0, 10)}, recomputed`
  const outcomes: Record<CommitmentCheck['verdict'], string> = {
    confirmed: 'recomputed and confirmed',
    differs: `DIFFERS: the entries say ${computed}`,
    attested: `attested${provableFrom === undefined ? '' : `, provable from ${iso(provableFrom).slice(0, 10)}`}${then}`,
    sealed: 'stated, sealed',
  }
  return [sentence, said, outcomes[outcome]]
}

function streamRow({ stream, opens, entries, opened, held, overdue }: StreamSummary): string[] {
  const doubts = [...(held > 0 ? [`${held} with their marks held back`] : []), ...(overdue > 0 ? [`${overdue} OVERDUE`] : [])]
  return [stream, opens.replace('-', ' '), [`${opened} of ${entries}`, ...doubts].join(', ')]
}

function datesInWords({ from, to, notBefore, notAfter }: DateBounds): string {
  const bounds = [
    ...(notBefore ? [`not before ${iso(notBefore.at)} (${notBefore.witness})`] : []),
    ...(notAfter ? [`not after ${iso(notAfter.at)} (${notAfter.witness})`] : []),
  ]
  return `Entries ${from} to ${to - 1}: ${bounds.length > 0 ? bounds.join(', ') : 'the operator’s word'}`
}

/** The look of src/ui/facts.tsx: on a phone each row becomes a card whose lines carry the column's name. */
function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): Node {
  const cells = (row: readonly string[]) => row.map((cell, i) => (i === 0 ? draw('th', { scope: 'row' }, cell) : draw('td', { 'data-label': heads[i]! }, cell)))
  return draw('div', { class: 'table-box' }, draw('table', { class: 'table-cards' },
    draw('caption', {}, caption),
    draw('thead', {}, draw('tr', {}, ...heads.map((head) => draw('th', { scope: 'col' }, head)))),
    draw('tbody', {}, ...rows.map((row) => draw('tr', {}, ...cells(row))))))
}

function facts(pairs: Said): Node {
  const rows = pairs.flatMap(([name, value]) => [draw('dt', {}, name), draw('dd', { class: 'as-written' }, value.trimEnd())])
  return draw('div', { class: 'facts-box' }, draw('dl', { class: 'facts' }, ...rows))
}

function list(title: string, items: readonly string[]): Node {
  return draw('section', {}, draw('h3', {}, title), draw('ul', {}, ...items.map((item) => draw('li', {}, item))))
}

function draw(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}
