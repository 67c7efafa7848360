import { DataTable } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { ReportView } from '../read-report.ts'
import { toolOutputs } from '../tool-findings.ts'
import type { Finding, ToolOutput } from '../tool-output/index.ts'
import { addPart } from './parts.ts'

addPart({ name: 'tool-findings', on: 'case', order: 30, draw: drawn })

/** A file that a tool may have written, by its name alone: it is read when somebody asks. */
const mayBeOutput = /\.(sarif|json|jsonl|ndjson|xml)$/i

function drawn(_page: Page, { id, reported, attachments }: ReportView) {
  const outputs = reported ? toolOutputs(reported) : []
  const files = attachments.filter(({ name }) => mayBeOutput.test(name))
  if (outputs.length === 0 && files.length === 0) return null
  return (
    <section class="stack" aria-labelledby="tools-title">
      <h2 id="tools-title">What tools found</h2>
      {outputs.map((output) => <ToolFindings output={output} />)}
      {files.map((file) => <p><a href={at(`/desk/reports/${id}/files/${file.id}/findings`)}>Read {file.name} as a tool’s output</a></p>)}
    </section>
  )
}

/** The tool's own name for it, unless that is one of the ids. */
const knownAs = ({ rule, ids }: Finding): string => [...ids.some((id) => id.toLowerCase() === rule.toLowerCase()) ? [] : [rule], ...ids].join(', ')

/** A tool's output as a table: folded beside other facts, `open` where it is what the page is for. Everything in it is the tool's word. */
export const ToolFindings = ({ output: { tool, version, findings, cut }, open }: { output: ToolOutput; open?: boolean }) => (
  <details class="fact-group" open={open}>
    <summary>{[tool, version].filter(Boolean).join(' ')}: {findings.length === 1 ? 'one finding'
      : `${findings.length}${cut ? ' or more' : ''} findings`}</summary>
    <DataTable caption={`What ${tool} found`} rows={findings} columns={[
      { head: 'What', header: true, cell: ({ title }) => title },
      { head: 'Severity', cell: ({ severity }) => severity ?? 'not said' },
      { head: 'Where', cell: ({ where }) => <>{where.slice(0, 3).map((place) => <div><code>{place}</code></div>)}{where.length > 3
        ? `and ${where.length - 3} more` : null}</> },
      { head: 'Known as', cell: knownAs },
    ]} />
  </details>
)
