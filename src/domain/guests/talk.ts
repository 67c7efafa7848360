import { z } from 'zod'
import type { Actor, Guest } from '../../access/actor.ts'
import { NotFound, Unauthenticated } from '../../lib/errors.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { insertMessage, lockReport, MessageText, ReportId, tellReporter, tellTeam } from '../reports/index.ts'
import { findGuest, nameOf } from './guest.ts'

/** What a guest writes reaches the team; what a mediator writes, both sides. */
export const writeAsGuest = verb({
  name: 'guest.write',
  summary: 'Write about the case that you were let into: as a guest to the team, as a mediator to both sides.',
  may: 'reports.assist',
  input: z.object({ message: MessageText.describe('Your message') }),
  entries: [],
  async run({ tx, actor }, { message }) {
    const guest = guestBehind(actor)
    const report = await lockReport(tx, guest, guest.reportId)
    await insertMessage(tx, report, guest, guest.mediates ? 'mediator' : 'guest', message, guest.guestId)
    await tellTeam(tx, report, guest.mediates ? 'the mediator wrote' : 'a guest of the case wrote')
    if (guest.mediates) await tellReporter(tx, report, 'the mediator wrote')
  },
})

export const writeToGuest = verb({
  name: 'guest.message',
  summary: 'Write to one guest of a case. Neither the reporter nor other guests see it.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, guest: z.uuid(), message: MessageText.describe('What this guest will read') }),
  entries: [],
  async run({ tx, actor }, { report: id, guest: guestId, message }) {
    const report = await lockReport(tx, actor, id)
    const guest = await findGuest(tx, report.id, guestId)
    if (!guest) throw new NotFound()
    await insertMessage(tx, report, actor, 'to guest', message, guest.id)
    const { address } = await nameOf(tx, guest)
    await post(tx, { to: { address, keyId: guest.key_id }, subject: `${report.reference}: the team wrote to you`,
      text: `The team wrote to you about the case ${report.reference}.\n\nRead it by the link that you were sent when you were let in.` })
  },
})

export function guestBehind(actor: Actor): Guest {
  if (actor.kind !== 'guest') throw new Unauthenticated('Open the link that you were sent.')
  return actor
}
