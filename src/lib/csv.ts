export interface CsvRow { readonly line: number; readonly cells: readonly string[] }

/**
 * Comma-separated values (RFC 4180), with the liberties that spreadsheets take: a byte order mark, semicolons or tabs between cells, any end of line.
 * `line` is where a row begins. Empty rows are left out. A quote that is never closed runs to the end.
 */
export function readCsv(text: string): CsvRow[] {
  const body = text.replace(/^\uFEFF/, '')
  const border = borderOf(body.split(/\r?\n/, 1)[0]!)
  const rows: { line: number; cells: string[] }[] = []
  let [line, row] = [1, { line: 1, cells: [] as string[] }]
  for (const [, quoted, plain, after] of body.matchAll(cellsBetween(border))) {
    row.cells.push((quoted === undefined ? plain!.trim() : quoted.replaceAll('""', '"')).replace(kept, ''))
    line += (quoted ?? '').split('\n').length - 1
    if (after === border) continue
    if (row.cells.some((cell) => cell !== '')) rows.push(row)
    if (after === '') break
    row = { line: ++line, cells: [] }
  }
  return rows
}

/** What `written` puts before a cell. */
const kept = /^'(?=[=+\-@\t\r])/

const borderOf = (head: string): string => [';', '\t'].find((one) => head.split(one).length > head.split(',').length) ?? ','

const cellsBetween = (border: string) => new RegExp(`(?: *"((?:[^"]|"")*)"? *|([^${border}\\r\\n]*))(${border}|\\r?\\n|$)`, 'g')

/** One row, with its end. A cell that a spreadsheet would take for a formula gets an apostrophe, which `readCsv` takes away. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(written).join(',')}\r\n`

function written(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
