import { Invalid } from '../../lib/errors.ts'
import { findPractice } from './practice-kinds.ts'

/** One line of a pasted text, as `evidence.import` takes it; nothing of it is judged yet. */
interface Line { readonly line: number; readonly row: Record<string, unknown> }

/**
 * Reads lines of CSV or of a spreadsheet (`kind, subject, date, marks, note`; the last two may be left out) or of JSON
 * (`{"kind": …, "subject": …, "date": …}`). Empty lines and a heading are passed over. Throws Invalid where a line is neither.
 */
export function readLines(text: string): Line[] {
  return text.split(/\r?\n/).map((written, i) => ({ line: i + 1, written: written.trim() }))
    .filter(({ written }) => written !== '' && !/^"?kind"?\s*[,;\t]/i.test(written))
    .map(({ line, written }) => ({ line, row: written.startsWith('{') ? fromJson(written, line) : fromCells(cells(written)) }))
}

function fromJson(written: string, line: number): Record<string, unknown> {
  try {
    const { subject, date, ...rest } = JSON.parse(written) as Record<string, unknown>
    const kind = String(rest.kind ?? '')
    return { ...subject !== undefined && { subjects: subjectsOf(kind, String(subject)) }, ...date !== undefined && { effective_at: date }, ...rest, kind }
  } catch {
    throw new Invalid({ text: `Line ${line}: This is no JSON.` })
  }
}

function fromCells([kind = '', subject = '', date = '', marks = '', note = '']: string[]): Record<string, unknown> {
  return { kind, subjects: subjectsOf(kind, subject), effective_at: date, marks: pairs(marks), note }
}

/** `web-app` is what the kind is about first; `person=ada; policy=security` says which is which. */
function subjectsOf(kind: string, written: string): Record<string, string> {
  if (written.includes('=') || written === '') return pairs(written)
  const known = findPractice(kind)
  const first = [...known?.subjects ?? [], ...known?.optional ?? []][0]
  return { [first ?? 'subject']: written }
}

const pairs = (written: string): Record<string, string> => Object.fromEntries(written.split(/[;,]/).filter((pair) => pair.trim() !== '').map((pair) => {
  const [name = '', ...value] = pair.split('=')
  return [name.trim(), value.join('=').trim()]
}))

/** The cells of a line: between tabs where there is one, else between commas; in quotes (RFC 4180) a comma is no border. */
function cells(line: string): string[] {
  if (line.includes('\t')) return line.split('\t').map((cell) => cell.trim())
  return [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim())
}
