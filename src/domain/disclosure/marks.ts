import type { OpenPart, Rendering } from 'avow-verify'
import { Invalid } from '../../lib/errors.ts'

/*
 * What stays sealed of a report that is published. A passage is marked in the text itself, [[so]]; a line that holds one stays sealed as a whole,
 * because lines are what the log committed to, and the page shows our rendering of it. A mark is always four characters long.
 */

/** From and to, in the member's whole text. */
export type Passage = readonly [from: number, to: number]
export interface Marks {
  readonly passages: Readonly<Record<string, readonly Passage[]>>
  /** Members that are left out whole. */
  readonly hidden: readonly string[]
}

export const noMarks: Marks = { passages: {}, hidden: [] }
export const blackened = '████'

/** All files together are one choice: their names, sizes and hashes. */
export const files = 'attachments'

/** What may be known of any published report, and holds no words of its reporter. */
const alwaysOpen = ['reference', 'asset', 'weakness']

export interface Member { readonly of: string; readonly text: string }

/** The texts of a report that can be marked, in the order of its parts. */
export function membersOf(parts: readonly OpenPart[]): Member[] {
  const texts = new Map<string, string>()
  for (const { of, value } of parts) if (typeof value === 'string') texts.set(of, (texts.get(of) ?? '') + value)
  return [...texts].filter(([of, text]) => text !== '' && isMarkable(of)).map(([of, text]) => ({ of, text }))
}

const isMarkable = (of: string) => !alwaysOpen.includes(of) && !of.startsWith(`${files}/`) && !of.startsWith('policy/')

/** The brackets for this text: more of them where the text has such brackets itself. */
export function bracketsFor(text: string): [open: string, close: string] {
  let n = 2
  while (text.includes('['.repeat(n)) || text.includes(']'.repeat(n))) n++
  return ['['.repeat(n), ']'.repeat(n)]
}

/** The text with its passages in brackets, for the form. */
export function writeMarked(text: string, passages: readonly Passage[]): string {
  const [open, close] = bracketsFor(text)
  return [...passages].toSorted(([a], [b]) => b - a).reduce((marked, [from, to]) =>
    marked.slice(0, from) + open + marked.slice(from, to) + close + marked.slice(to), text)
}

/** The passages that were marked. Throws Invalid where anything else was changed, or a bracket has no other. */
export function readMarked(marked: string, { of, text }: Member): Passage[] {
  const [open, close] = bracketsFor(text)
  const passages: Passage[] = []
  let [plain, from] = ['', -1]
  for (let at = 0; at < marked.length;) {
    if (from < 0 && marked.startsWith(open, at)) [from, at] = [plain.length, at + open.length]
    // Of more brackets than close, the last do: the text may end in one.
    else if (from >= 0 && marked.startsWith(close, at) && marked[at + close.length] !== ']') {
      passages.push([from, plain.length])
      ;[from, at] = [-1, at + close.length]
    // A browser ends lines in its own way.
    } else plain += marked[at] === '\n' && text.startsWith('\r\n', plain.length) ? `\r${marked[at++]}` : marked[at++]
  }
  if (from >= 0 || plain.trimEnd() !== text.trimEnd()) {
    throw new Invalid({ [`marked[${of}]`]: `Only put ${open} and ${close} around what is to stay sealed, and change nothing else.` })
  }
  return passages.filter(([start, end]) => end > start)
}

/** Both sides’ marks: what one of them sealed stays sealed. */
export const joined = (all: readonly Marks[]): Marks => ({
  passages: Object.fromEntries([...new Set(all.flatMap(({ passages }) => Object.keys(passages)))]
    .map((of) => [of, all.flatMap(({ passages }) => passages[of] ?? [])])),
  hidden: [...new Set(all.flatMap(({ hidden }) => hidden))],
})

export interface Line { readonly text: string; readonly sealed: boolean }

export interface Redaction {
  /** Numbers of the parts that are opened. */
  readonly open: number[]
  readonly rendered: Rendering[]
  /** What a page shows: a member that is left out whole has no lines. */
  readonly members: { of: string; lines: Line[] | null }[]
}

/** What is opened, and how what is not is shown. */
export function redact(parts: readonly OpenPart[], { passages, hidden }: Marks): Redaction {
  const open: number[] = []
  const rendered: Rendering[] = []
  const lines = new Map<string, Line[]>()
  const at = new Map<string, number>()
  parts.forEach(({ of, value }, part) => {
    if (hidden.includes(of) || (of.startsWith(files) && hidden.includes(files))) return
    if (typeof value !== 'string') return void open.push(part)
    const from = at.get(of) ?? 0
    at.set(of, from + value.length)
    const text = blacken(value, (passages[of] ?? []).map(([a, b]) => [a - from, b - from] as const))
    if (text === value) open.push(part)
    else rendered.push({ part, text })
    if (isMarkable(of) && value !== '') lines.set(of, [...lines.get(of) ?? [], { text, sealed: text !== value }])
  })
  return { open, rendered, members: membersOf(parts).map(({ of }) => ({ of, lines: lines.get(of) ?? null })) }
}

/** A line with a mark in the place of each passage of it, whatever their length; passages that touch or overlap are one. */
function blacken(line: string, passages: readonly Passage[]): string {
  const sealed = Array.from({ length: line.length }, () => false)
  for (const [from, to] of passages) sealed.fill(true, Math.max(0, from), Math.max(0, Math.min(line.length, to)))
  const body = line.endsWith('\n') ? line.length - 1 : line.length
  let shown = ''
  for (let i = 0; i < body; i++) if (!sealed[i]) shown += line[i]
  else if (i === 0 || !sealed[i - 1]) shown += blackened
  return shown + line.slice(body)
}
