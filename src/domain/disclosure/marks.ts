import { partsOf, type Part, type Rendering } from 'avow-verify'
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
export function membersOf(parts: readonly Part[]): Member[] {
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
    } else plain += asWritten(marked[at++]!, text, plain.length)
  }
  if (from >= 0 || plain.trimEnd() !== text.trimEnd()) {
    throw new Invalid({ [`marked[${of}]`]: `Only put ${open} and ${close} around what is to stay sealed, and change nothing else.` })
  }
  return passages.filter(([start, end]) => end > start)
}

/** What stands in the text where a browser sent this: it ends lines in its own way, and knows neither NUL nor half a letter. */
function asWritten(sent: string, text: string, at: number): string {
  const own = text[at]
  if (sent === '\n' && own === '\r') return text[at + 1] === '\n' ? '\r\n' : own
  return sent === '\uFFFD' && own !== undefined && (own === '\0' || !own.isWellFormed()) ? own : sent
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
  readonly files: ReportedFile[]
}
export interface ReportedFile { readonly name: string; readonly size: number; readonly sha256: string }

/** What is opened, and how what is not is shown. */
export function redact(parts: readonly Part[], { passages, hidden }: Marks): Redaction {
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
  return { open, rendered, members: membersOf(parts).map(({ of }) => ({ of, lines: lines.get(of) ?? null })), files: filesIn(parts, new Set(open)) }
}

/** What a message is called among what is marked. */
export const messageName = (id: string): string => `messages/${id}`
export const isMessage = (of: string): boolean => of.startsWith(messageName(''))

export type RedactedMessage = Pick<Redaction, 'open' | 'rendered'> & { readonly lines: readonly Line[] }

/** A message with its passages left out: like a text of the report, by lines. */
export function redactMessage(text: string, passages: readonly Passage[] = []): RedactedMessage {
  const { open, rendered, members } = redact(partsOf({ message: text }), { passages: { message: passages }, hidden: [] })
  return { open, rendered, lines: members[0]?.lines ?? [] }
}

function filesIn(parts: readonly Part[], open: ReadonlySet<number>): ReportedFile[] {
  const found = new Map<string, Record<string, unknown>>()
  parts.forEach(({ of, value }, part) => {
    const [, n, what] = /^attachments\/(\d+)\/(\w+)$/.exec(of) ?? []
    if (n && open.has(part)) found.set(n, { ...found.get(n), [what!]: value })
  })
  return [...found.values()].map(({ name, size, sha256 }) => ({ name: String(name), size: Number(size), sha256: String(sha256) }))
}

/** A line with a mark in the place of each passage of it, whatever their length; passages that touch or overlap are one. */
function blacken(line: string, passages: readonly Passage[]): string {
  const body = line.replace(/\r?\n$/, '')
  const inside = passages.filter(([from, to]) => to > 0 && from < body.length)
  if (inside.length === 0) return line
  let shown = ''
  let before = false
  // By what a reader takes for one letter: half of one, or its accent, would tell of the rest.
  for (const { segment, index } of letters.segment(body)) {
    const sealed = inside.some(([from, to]) => from < index + segment.length && to > index)
    if (!sealed) shown += segment
    else if (!before) shown += blackened
    before = sealed
  }
  return shown + line.slice(body.length)
}

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })
