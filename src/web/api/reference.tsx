import { permissions } from '../../access/roles.ts'
import { NotFound } from '../../lib/errors.ts'
import { DataTable, DefinitionList, PageHead, PublicLayout } from '../../ui/index.ts'
import type { Operation, Registry } from '../../verbs/registry.ts'
import type { Web } from '../module.ts'
import type { Page } from '../page.ts'
import { at } from '../place.ts'
import { exampleOf, typeInWords } from './example.ts'
import { inputSchema, pathOf } from './openapi.ts'

const anyone = { may: 'public.read' } as const

/** The API as pages to read, one an operation, made from the same declarations as the API itself. */
export function referencePages(web: Web, operations: Registry): void {
  web.get('/api', anyone, (page) => <IndexPage page={page} operations={operations} />)
  web.get('/api/:noun/:verb', anyone, (page) => {
    const operation = operations.find(`${page.param('noun')}.${page.param('verb')}`)
    if (!operation) throw new NotFound()
    return <OperationPage page={page} operation={operation} />
  })
}

const pageOf = (operation: Operation) => `/api/${operation.name.replace('.', '/')}`
const method = (operation: Operation) => (operation.is === 'verb' ? 'POST' : 'GET')

const IndexPage = ({ page, operations }: { page: Page; operations: Registry }) => {
  const byNoun = Map.groupBy([...operations.verbs, ...operations.queries], ({ name }) => name.split('.')[0]!)
  return (
    <PublicLayout page={page} title="API">
      <PageHead title="API" lead="Everything that the pages do, for programs." />
      <div class="stack">
        <p>
          Send JSON, get JSON. A key goes into the header <code>Authorization: Bearer avow_…</code>; an administrator makes it at the desk.
          What is refused comes back as <code>application/problem+json</code> with a <code>code</code> that never changes. With
          an <code>Idempotency-Key</code> a request that is sent twice happens once. Files go
          to <code>POST /api/v1/attachments?name=…</code> first; the input takes their ids.
        </p>
        <p><a href={at('/api/openapi.json')}>The same as an OpenAPI 3.1 document</a></p>
        {[...byNoun].toSorted(([a], [b]) => a.localeCompare(b)).map(([noun, of]) => (
          <section class="stack">
            <h2>{noun}</h2>
            <DataTable caption={`Operations of ${noun}`} rows={of} columns={[
              { head: 'Operation', header: true, cell: (operation) => <a href={at(pageOf(operation))}><code>{operation.name}</code></a> },
              { head: 'What it does', cell: ({ summary }) => summary },
              { head: 'Method', cell: method },
            ]} />
          </section>
        ))}
      </div>
    </PublicLayout>
  )
}

const OperationPage = ({ page, operation }: { page: Page; operation: Operation }) => {
  const schema = inputSchema(operation.input)
  const fields = Object.entries(schema.properties ?? {})
  const allowed: readonly string[] = permissions[operation.may]
  return (
    <PublicLayout page={page} title={operation.name}>
      <PageHead title={<code>{operation.name}</code>} lead={operation.summary} trail={<a href={at('/api')}>API</a>} />
      <div class="stack">
        <DefinitionList of={[
          ['Request', <code>{method(operation)} {at(pathOf(operation))}</code>],
          ['Permission', `${operation.may}: ${allowed.includes('anyone') ? 'anyone' : allowed.join(', ')}`],
          ['Ledger entries', operation.is === 'verb' ? operation.entries.join(', ') : undefined],
          ['For AI assistants', operation.assistants ? 'yes, over MCP' : 'no'],
        ]} />
        <h2>Input</h2>
        {fields.length === 0 ? <p>None.</p> : (
          <DataTable caption="Fields of the input" rows={fields} columns={[
            { head: 'Field', header: true, cell: ([name]) => <code>{name}</code> },
            { head: 'Type', cell: ([, field]) => typeInWords(field) },
            { head: 'Needed', cell: ([name]) => (schema.required?.includes(name) ? 'yes' : 'no') },
            { head: 'About', cell: ([, field]) => field.description ?? '' },
          ]} />
        )}
        <h2>Example</h2>
        <pre><code>{curl(operation, new URL(at(pathOf(operation)), page.url).href, exampleOf(schema))}</code></pre>
        <pre><code>{commandLine(operation, exampleOf(schema) as Record<string, unknown>)}</code></pre>
      </div>
    </PublicLayout>
  )
}

function curl(operation: Operation, url: string, input: unknown): string {
  const key = operation.may === 'public.read' || operation.may === 'reports.submit' ? '' : " \\\n  -H 'Authorization: Bearer avow_…'"
  if (operation.is === 'verb') return `curl ${url}${key} \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(input)}'`
  const query = new URLSearchParams(Object.entries(input as Record<string, unknown>).map(([name, value]) => [name, String(value)])).toString()
  return `curl '${url}${query ? `?${query}` : ''}'${key}`
}

const commandLine = (operation: Operation, input: Record<string, unknown>): string =>
  [`avow ${operation.name.replace('.', ' ')}`, ...Object.entries(input).flatMap(([name, value]) => [value].flat().map((one) => flag(name, one)))].join(' ')

function flag(field: string, value: unknown): string {
  const name = field.replaceAll('_', '-')
  if (typeof value === 'boolean') return value ? `--${name}` : `--no-${name}`
  return `--${name} '${typeof value === 'object' ? JSON.stringify(value) : String(value)}'`
}
