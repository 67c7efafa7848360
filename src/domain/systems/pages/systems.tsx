import { Button, DataTable, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, Time, type Draft } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { addSystem, retireSystem, setHosts } from '../add-system.ts'
import { getSystem, listResults, listSystems } from '../find.ts'
import type { CheckResultRow, SystemRow } from '../tables.ts'
import { onOneField, Result, saying, SystemTabs } from './parts.tsx'
import { SystemPage } from './system.tsx'

/** The company's systems, and what was last seen of each. */
export function systemPages(web: Web): void {
  web.get('/desk/systems', { may: 'duties.read' }, (page) => systemsPage(page))
  web.get('/desk/systems/:slug', { may: 'duties.read' }, (page) => systemPage(page))
  web.form(addSystem, {
    at: 'POST /desk/systems', again: systemsPage,
    done: saying('Listed. What is promised for each system is promised for it from now on.', '/desk/systems'),
  })
  web.form(setHosts, {
    at: 'POST /desk/systems/:slug/hosts', again: systemPage,
    done: (_, page) => saying('The next check looks there, within the hour.', `/desk/systems/${page.param('slug')}`)(_, page),
  })
  web.form(retireSystem, {
    at: 'POST /desk/systems/:slug/retirement', again: systemPage,
    done: saying('Taken off the list. Nothing more is owed for it; its record stays.', '/desk/systems'),
  })
}

async function systemsPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const [systems, results] = await page.reading(async (tx) => [await listSystems(tx), await listResults(tx)])
  const draft = { input, errors: onOneField(errors, 'hosts') }
  return (
    <DeskLayout page={page} title="Systems" live>
      <PageHead title="Systems" lead="What the company runs. A promise made for each system is made for every one on this list." />
      <SystemTabs here="/desk/systems" />
      <ErrorSummary errors={draft.errors} />
      <SystemTable systems={systems} results={results} zone={page.zone} />
      {page.may('systems.manage') ? <NewSystem draft={draft} /> : null}
    </DeskLayout>
  )
}

const SystemTable = ({ systems, results, zone }: { systems: readonly SystemRow[]; results: readonly CheckResultRow[]; zone: string }) => (
  <DataTable caption="Systems" rows={systems} columns={[
    { head: 'System', header: true, cell: ({ slug, title }) => <><a href={at(`/desk/systems/${slug}`)}>{title}</a> <code>{slug}</code></> },
    { head: 'Checks', cell: ({ id }) => <Checks results={results.filter((result) => result.system_id === id)} zone={zone} /> },
    { head: 'Hosts', cell: ({ hosts }) => hosts.map((host) => <div><code>{host}</code></div>) },
  ]} />
)

const words: Readonly<Record<string, string>> = { tls: 'TLS', sso: 'single sign-on' }

const Checks = ({ results, zone }: { results: readonly CheckResultRow[]; zone: string }) => results.length === 0
  ? <span class="soft">No machine has looked yet</span>
  : <ul class="results">{results.map((result) => <Latest result={result} zone={zone} />)}</ul>

const Latest = ({ result: { check_name: check, passed, since }, zone }: { result: CheckResultRow; zone: string }) => (
  <li class="result">
    <Result passed={passed} />
    <span>{words[check] ?? check.replaceAll('-', ' ')}</span>
    <span class="soft">since <Time at={since} zone={zone} dateOnly /></span>
  </li>
)

const NewSystem = ({ draft }: { draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="new-system">
    <h2 id="new-system">Add a system</h2>
    <Form to="/desk/systems">
      <Field {...kept(draft, 'title')} label="Name" hint="What people call it." />
      <Field {...kept(draft, 'slug')} label="Short name" maxlength={63}
        hint="For addresses and programs: lower-case letters, digits, hyphens. It is public and stays." />
      <Field {...kept(draft, 'hosts')} label="Hosts" rows={3} code optional
        hint="One a line. Their TLS is checked from here every hour: www.example.org, mail.example.org:465." />
      <Button>Add the system</Button>
    </Form>
  </section>
)

async function systemPage(page: Page, input?: Entered, errors: FieldErrors = {}) {
  const [system, results] = await page.reading(async (tx) => {
    const system = await getSystem(tx, page.param('slug'))
    return [system, (await listResults(tx)).filter((result) => result.system_id === system.id)]
  })
  return <SystemPage page={page} system={system} results={results} input={input ?? { hosts: system.hosts.join('\n') }} errors={onOneField(errors, 'hosts')} />
}
