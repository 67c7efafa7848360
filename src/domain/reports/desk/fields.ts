import { z } from 'zod'
import type { Selectable } from 'kysely'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid, NotFound, refuseIf } from '../../../lib/errors.ts'
import { openText, sealText } from '../../../seal/envelope.ts'
import { verb } from '../../../verbs/verb.ts'
import { lockReport, type Report } from '../find.ts'
import { ReportId } from '../step.ts'
import { noteDoing } from './doings.ts'
import { fieldKinds, type CaseFieldRow } from './tables.ts'

const MOST = 20
const context = (report: string, field: string) => `case-field:${report}:${field}`

export type CaseField = Pick<Selectable<CaseFieldRow>, 'id' | 'name' | 'kind' | 'choices' | 'retired_at'>
export interface FilledField extends CaseField { readonly value: string }

export const addField = verb({
  name: 'case-field.add', summary: 'Add a field of your own to all cases.', may: 'organization.manage', entries: [],
  input: z.object({
    name: z.string().trim().min(1, 'Give it a name.').max(60, 'At most 60 characters.'), kind: z.enum(fieldKinds)
      .describe('What it holds. A text is sealed, the others can be filtered by'),
    choices: z.array(z.string().trim().min(1).max(60)).max(50).default([]).describe('Of a choice: what can be chosen, a line each'),
  }),
  async run({ tx }, { name, kind, choices }) {
    if (kind === 'choice' && choices.length < 2) throw new Invalid({ choices: 'Write at least two, a line each.' })
    refuseIf((await caseFields(tx)).length >= MOST, 'too_many_fields', `At most ${MOST} fields: retire one first.`)
    const id = tx.newId()
    await tx.db.insertInto('case_fields')
      .values({ organization_id: tx.organizationId, id, name, kind, choices: kind === 'choice' ? choices : [], made_at: timestampOf(tx.now),
        retired_at: null }).execute()
    return { field: id }
  },
})

export const retireField = verb({
  name: 'case-field.retire', summary: 'Take a field of your own off the cases. What was filled in stays with them, unseen.', may: 'organization.manage',
    entries: [],
  input: z.object({ field: z.uuid() }),
  async run({ tx }, { field }) {
    const { numUpdatedRows } = await tx.db.updateTable('case_fields').set({ retired_at: timestampOf(tx.now) }).where('id', '=', field)
      .where('retired_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
  },
})

export const caseFields = (tx: Tx): Promise<CaseField[]> => tx.db.selectFrom('case_fields').select(['id', 'name', 'kind', 'choices', 'retired_at'])
  .where('retired_at', 'is', null).orderBy('made_at').orderBy('id').execute()

export const fillFields = verb({
  name: 'report.fill-fields', summary: 'Fill in your own fields of a report; what is empty is cleared.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, fields: z.record(z.uuid(), z.string().trim().max(2000)).default({}).describe('Values by the field’s id') }),
  async run({ tx, actor }, { report: id, fields }) {
    const report = await lockReport(tx, actor, id)
    const all = await caseFields(tx)
    const wrong = all.filter((field) => !fits(field, fields[field.id] ?? '')).map((field) => [`fields[${field.id}]`, howTo[field.kind]])
    if (wrong.length > 0) throw new Invalid(Object.fromEntries(wrong))
    for (const field of all) await fill(tx, report, field, fields[field.id] ?? '')
    await noteDoing(tx, actor, id, { what: 'fields-set' })
    return { report: id }
  },
})

const howTo: Readonly<Record<CaseField['kind'], string>> = { text: '', number: 'Enter a number.', choice: 'Choose one of them.', date: 'Enter a date.' }

const fits = ({ kind, choices }: CaseField, value: string): boolean => value === '' || kind === 'text' || (kind === 'number' && Number.isFinite(Number(value)))
  || (kind === 'date' && z.iso.date().safeParse(value).success) || (kind === 'choice' && choices.includes(value))

async function fill(tx: Tx, report: Report, { id, kind }: CaseField, value: string): Promise<void> {
  await tx.db.deleteFrom('case_field_values').where('report_id', '=', report.id).where('field_id', '=', id).execute()
  if (value === '') return
  const sealed = kind === 'text' ? await sealText(tx, report.content_key_id, context(report.id, id), value) : null
  await tx.db.insertInto('case_field_values')
    .values({ organization_id: tx.organizationId, report_id: report.id, field_id: id, value: sealed ? null : value, sealed }).execute()
}

export async function filledFields(tx: Tx, report: Report): Promise<FilledField[]> {
  const rows = await tx.db.selectFrom('case_field_values').select(['field_id', 'value', 'sealed']).where('report_id', '=', report.id).execute()
  const byField = new Map(rows.map((row) => [row.field_id, row]))
  return Promise.all((await caseFields(tx)).map(async (field) => {
    const { value, sealed } = byField.get(field.id) ?? { value: '', sealed: null }
    return { ...field, value: sealed ? await openText(tx, report.content_key_id, context(report.id, field.id), sealed) : value ?? '' }
  }))
}
