import { allStandings } from '../../../commitments/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { findPractice } from '../practice-kinds.ts'
import { recordEvidence } from '../record-evidence.ts'
import { absences, askingFor } from './asked.ts'
import { EvidenceForm } from './evidence-form.tsx'
import { EvidencePage } from './evidence-page.tsx'
import { saying } from './parts.tsx'
import { subjectFields } from './subjects.ts'

/** Where a person records that something was done, when no machine does. */
export function evidencePages(web: Web): void {
  web.get('/desk/evidence', { may: 'evidence.record' }, (page) => evidencePage(page, asked(page.url.searchParams)))
  web.form(recordEvidence, { at: 'POST /desk/evidence', again: evidencePage, done: saying('Recorded. It stands in the ledger from now on.', '/desk/evidence') })
}

/** A link may fill the form: `?kind=backup.completed&system=web-app`. */
const asked = (query: URLSearchParams): Entered => ({
  kind: query.get('kind') ?? '', subjects: Object.fromEntries([...query].filter(([name]) => name !== 'kind')),
})

async function evidencePage(page: Page, input: Entered, errors: FieldErrors = {}) {
  const kind = findPractice(textOf(input, 'kind'))
  const { standings } = await page.reading(allStandings)
  const asking = askingFor(standings)
  if (!kind) return <EvidencePage page={page} asking={asking} absences={absences(standings)} about={textOf(input, 'subjects[system]')} errors={errors} />
  const counts = asking.filter(({ kinds }) => kinds.includes(kind.kind)).map(({ promise }) => promise)
  return <EvidenceForm page={page} kind={kind} fields={await subjectFields(page, kind)} counts={counts} input={input} errors={errors} />
}
