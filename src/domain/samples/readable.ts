import { sampleFolder, type SampleIndex } from 'avow-verify'
import type { Work } from '../../verbs/verb.ts'
import type { Samplable } from './samplable.ts'

/** The index to read: with names, which the anchored one has not, because a name that was erased must not live on in it. */
export async function readableFiles(work: Work, practice: Samplable, { origin, subjects }: SampleIndex): Promise<[name: string, text: string][]> {
  const nameOf = await practice.namesOf(work, subjects.map(({ id }) => id))
  const lines = subjects.flatMap(({ id, entries, files }, n) => [
    ...entries.map(({ index, kind }) => ({ n: n + 1, name: nameOf(id), what: kind, file: `${sampleFolder(n)}/${index}.tlog-proof` })),
    ...files.map(({ name }) => ({ n: n + 1, name: nameOf(id), what: 'file', file: `${sampleFolder(n)}/${name}` })),
  ])
  const rows = lines.map(({ n, name, what, file }) =>
    `<tr><td>${n}</td><td>${escaped(name)}</td><td>${escaped(what)}</td><td><a href="../${escaped(encodeURI(file))}">${escaped(file)}</a></td></tr>`)
  return [
    ['index.csv', ['number,name,what,file', ...lines.map(({ n, name, what, file }) => [n, name, what, file].map(cell).join(','))].join('\r\n') + '\r\n'],
    ['index.html', page(practice.title, origin, rows.join('\n'))],
  ]
}

const page = (title: string, origin: string, rows: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>
<h1>${escaped(title)}</h1>
<p>A sample drawn from the log ${escaped(origin)}. This page is for reading; what proves it is checked with <code>avow verify sample.zip</code>.</p>
<table><thead><tr><th>Number</th><th>Name</th><th>What</th><th>File</th></tr></thead><tbody>
${rows}
</tbody></table></body></html>
`

/** A cell that no spreadsheet takes for a formula. */
const cell = (value: string | number): string => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!)
