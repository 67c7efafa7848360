import { calendarError } from 'avow-verify'
import { z } from 'zod'
import { calendarSet } from '../../commitments/index.ts'
import { append } from '../../ledger/index.ts'
import { Invalid } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'

/** Deadlines that run keep their date; those that begin from now on are counted by the new calendar. */
export const setCalendar = verb({
  name: 'calendar.set',
  summary: 'Set the time zone, the workdays and the holidays by which deadlines are counted from now on.',
  may: 'organization.manage',
  input: z.object({
    zone: z.string().describe('Of the IANA time zone database: Europe/Lisbon'),
    workdays: z.array(z.int().min(1).max(7)).min(1, 'Choose at least one workday: deadlines in business days need one.').describe('1 is Monday, 7 is Sunday'),
    holidays: z.array(z.iso.date()).max(1000).default([]).describe('2026-12-25'),
  }),
  entries: ['calendar.set'],
  async run({ tx }, calendar) {
    const wrong = calendarError(calendar)
    if (wrong) throw new Invalid({ zone: wrong })
    await tx.db.updateTable('organizations').set({ zone: calendar.zone }).where('id', '=', tx.organizationId).execute()
    const { entryId } = await append(tx, calendarSet, { subjects: { calendar: 'organization' }, marks: {}, facts: calendar })
    return { entry: entryId }
  },
})
