/** An answer for people: names and values, lists as tables. What is nested deeper is written as JSON. */
export function printed(answer: unknown): string {
  if (answer === null || answer === undefined) return 'Done.'
  if (Array.isArray(answer)) return table(answer)
  if (typeof answer !== 'object') return String(answer)
  const entries = Object.entries(answer)
  const width = Math.max(0, ...entries.filter(([, value]) => !isTable(value)).map(([name]) => name.length))
  return entries.map(([name, value]) => (isTable(value) ? `${name}:\n${table(value)}` : `${name.padEnd(width)}  ${cell(value)}`)).join('\n')
}

const isTable = (value: unknown): value is unknown[] => Array.isArray(value) && value.some((row) => typeof row === 'object' && row !== null)

function table(rows: readonly unknown[]): string {
  if (rows.length === 0) return '(none)'
  if (!isTable(rows)) return rows.map(cell).join('\n')
  const names = [...new Set(rows.flatMap((row) => Object.keys(row as object)))]
  const lines = [names, ...rows.map((row) => names.map((name) => cell((row as Record<string, unknown>)[name])))]
  const widths = names.map((_, i) => Math.min(60, Math.max(...lines.map((line) => line[i]!.length))))
  return lines.map((line) => line.map((text, i) => text.padEnd(widths[i]!)).join('  ').trimEnd()).join('\n')
}

/** Control characters could move the cursor of whoever reads it: they are shown, not sent. */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.replace(/\p{Cc}/gu, (c) => (c === '\n' ? '\n' : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`))
}
