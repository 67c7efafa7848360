import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { NotFound, Invalid } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { lockReport, ReportId } from '../reports/index.ts'
import { findGuest, letIn } from './guest.ts'
import { guestRemoved } from './kinds.ts'

export const Name = z.string().trim().min(1, 'Write a name.').max(200, 'Write at most 200 characters.')
export const Address = z.email('This is not an e-mail address.')

/** A guest sees what is ticked here, what is said with them, and nothing else: no notes, no messages of others, not who reported. */
export const inviteGuest = verb({
  name: 'guest.invite',
  summary: 'Let somebody from outside into one case: another vendor, a fixer, a CERT.',
  may: 'reports.triage',
  input: z.object({
    report: ReportId,
    name: Name.describe('Who it is; the team sees it'),
    address: Address.describe('Where the link is sent'),
    sees_report: z.boolean().default(false).describe('They see what was reported'),
    sees_files: z.boolean().default(false).describe('They see the files that were sent with it'),
    days: z.coerce.number().int().min(1, 'At least one day.').max(365, 'At most a year.').default(30).describe('Days until their access ends by itself'),
  }),
  output: z.object({ guest: z.uuid() }),
  entries: ['guest.invited'],
  async run({ tx, actor }, { report: id, name, address, sees_report: report, sees_files: files, days }) {
    const found = await lockReport(tx, actor, id)
    if (files && !report) throw new Invalid({ sees_files: 'Files belong to what was reported: let them see that too.' })
    const sees = { report, files, messages: false }
    const until = tx.now.add({ hours: 24 * days })
    return { guest: await letIn(tx, found, { name, address, role: 'guest', sees, until, invitedBy: await personBehind(tx, actor) }) }
  },
})

/** From this moment on: the link, the open page and every file are closed to them. */
export const removeGuest = verb({
  name: 'guest.remove',
  summary: 'End a guest’s or mediator’s access to a case, at once.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, guest: z.uuid() }),
  entries: ['guest.removed'],
  async run({ tx, actor }, { report: id, guest: guestId }) {
    const report = await lockReport(tx, actor, id)
    const guest = await findGuest(tx, report.id, guestId)
    if (!guest) throw new NotFound()
    await tx.db.updateTable('report_guests').set({ removed_at: timestampOf(tx.now), token_hash: null }).where('id', '=', guest.id).execute()
    await append(tx, guestRemoved,
      { subjects: { report: report.id, guest: guest.id }, marks: { role: guest.role }, facts: {}, keyId: report.content_key_id })
  },
})
