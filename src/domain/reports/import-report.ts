import { z } from 'zod'
import { Invalid } from '../../lib/errors.ts'
import { Moment, readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { arrivals, receiveReport } from './receive-report.ts'
import { ReportInput } from './submit-report.ts'

/** A report that reached the team another way: by telephone, in person, through somebody else's platform. When it came is the team's word. */
export const importReport = verb({
  name: 'report.import', summary: 'Enter a report that reached the team another way.', may: 'reports.triage',
  input: ReportInput.omit({ good_faith: true, voucher: true, opened: true, proof: true }).extend({
    arrived_by: z.string().trim().min(1, 'Say by which way it came.').max(200).describe('By which way it came: by telephone, through a platform'),
    arrived_at: z.union([Moment, z.literal('')]).default('').describe('When it came, if that is not now. It is recorded as your word; clocks run from now'),
  }),
  output: z.object({ report: z.uuid(), reference: z.string(), phrase: z.string(), entry: z.uuid() }),
  entries: arrivals,
  async run(work, { arrived_by: by, arrived_at: when, ...given }) {
    const at = when ? await readMoment(work.tx, when) : undefined
    if (at && Temporal.Instant.compare(at, work.tx.now) > 0) throw new Invalid({ arrived_at: 'This lies ahead.' })
    return receiveReport(work, { ...given, good_faith: false }, { channel: 'team', before: { by, ...at && { at } } })
  },
})
