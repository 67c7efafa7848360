import type { Tx } from '../../../db/tx.ts'
import type { Kind } from '../../../ledger/index.ts'
import { listSubjects } from '../../../ledger/subjects.ts'
import type { Option } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'
import { listMembers } from '../../accounts/index.ts'
import { policiesInForce } from '../../policies/index.ts'
import { listReportsQuery } from '../../reports/index.ts'
import { listSystems } from '../find.ts'

/** One thing that an entry can be about: chosen where there is a list of such things, else named; `known` are the names used before. */
export interface SubjectField {
  readonly subject: string
  readonly optional: boolean
  readonly options?: readonly Option[]
  readonly known: readonly string[]
}

export async function subjectFields(page: Page, { subjects, optional = [] }: Kind): Promise<SubjectField[]> {
  const fields: SubjectField[] = []
  for (const subject of [...subjects, ...optional]) {
    const options = await optionsFor(page, subject)
    const known = options ? [] : await page.reading((tx) => namesBefore(tx, subject))
    fields.push({ subject, optional: optional.includes(subject), known, ...options && { options } })
  }
  return fields
}

async function optionsFor(page: Page, subject: string): Promise<Option[] | undefined> {
  switch (subject) {
    case 'system': return (await page.reading(listSystems)).map(({ slug, title }) => ({ value: slug, label: title }))
    case 'policy': return (await page.reading(policiesInForce)).map(({ slug, title }) => ({ value: slug, label: title }))
    case 'person': return page.may('access.manage') ? people(page) : undefined
    case 'report': return page.may('reports.read') ? reports(page) : undefined
    default: return undefined
  }
}

const people = async (page: Page) => (await page.read(listMembers, {})).members.map(({ id, name }) => ({ value: id, label: name }))

const reports = async (page: Page) => (await page.read(listReportsQuery, { state: 'all' })).reports
  .map(({ id, reference, title }) => ({ value: id, label: `${reference} ${title ?? ''}`.trim() }))

/** People are not offered by name to whoever may not see them. */
const namesBefore = (tx: Tx, subject: string): Promise<string[]> =>
  subject === 'person' || subject === 'report' ? Promise.resolve([]) : listSubjects(tx, subject)

