import { personBehind } from '../../../access/person-behind.ts'
import { Invalid } from '../../../lib/errors.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { approveImport, importEvidence, readOpenings, type Opening } from '../import-evidence.ts'
import { ImportPage, type Proposed } from './import-page.tsx'
import { saying } from './parts.tsx'

const imported = saying('Imported, and marked as unwitnessed.', '/desk/evidence/import')
const importers = { may: 'evidence.import' } as const

/** Where what was done before Avow is taken over, once. */
export function importPages(web: Web): void {
  web.get('/desk/evidence/import', importers, (page) => importPage(page))
  // What the text would import, drawn and kept nowhere.
  web.post('/desk/evidence/import-reading', importers, preview)
  web.form(importEvidence, {
    at: 'POST /desk/evidence/import', again: importPage,
    done: ({ recorded }, page) => (recorded ? imported : saying('Proposed. Somebody else has to approve it.', '/desk/evidence/import'))(null, page),
  })
  web.form(approveImport, { at: 'POST /desk/evidence/import/:import/approval', again: importPage, done: imported })
}

async function preview(page: Page, input: Entered) {
  try {
    const rows = await page.reading((tx) => readOpenings(tx, textOf(input, 'text')))
    return importPage(page, input, rows.length === 0 ? { text: 'Paste at least one line.' } : {}, rows)
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return importPage(page, input, error.fields)
  }
}

async function importPage(page: Page, input: Entered = {}, errors: FieldErrors = {}, reading: readonly Opening[] = []) {
  return <ImportPage page={page} proposed={await proposed(page)} reading={reading} input={input} errors={errors} />
}

const proposed = (page: Page): Promise<Proposed | null> => page.reading(async (tx) => {
  const row = await tx.db.selectFrom('evidence_imports').selectAll().executeTakeFirst()
  if (!row) return null
  const own = row.proposed_by === await personBehind(tx, page.actor)
  return { id: row.id, rows: row.rows as unknown as Opening[], proposedAt: row.proposed_at, recordedAt: row.recorded_at, own }
})
