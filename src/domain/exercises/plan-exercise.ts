import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { countHolders, membersWith } from '../../access/memberships.ts'
import { personBehind } from '../../access/person-behind.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { askForApproval } from '../../mail/index.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { exercisePlanned, fewest, getExercise, type Exercise } from './exercise.ts'

const line = z.string().trim().min(1, 'Write a line.').max(200).regex(/^[^\r\n]*$/, 'Write one line.')

/** The one way out of the mail is our own lesson: every other address is refused, and so is a form. */
const Body = z.string().trim().min(20, 'Write the mail.').max(4000)
  .refine((body) => (body.match(/\{(link:[^{}\n]+|qr)\}/g) ?? []).length === 1, 'Put exactly one {link:words to click} or {qr} into it.')
  .refine((body) => !/https?:|www\.|mailto:/i.test(body), 'Name no other address: the mail has to be harmless.')

/** There is no field for addresses: it goes to the team and to nobody else. */
export const planExercise = verb({
  name: 'exercise.plan', summary: 'Plan a harmless phishing mail to the own team. It goes out when a second person has approved it.', may: 'training.manage',
  stepUp: true, entries: [],
  input: z.object({
    sender: line.describe('The name that it seems to come from; the address stays ours'), subject: line, body: Body.describe('With one {link:words} or {qr}'),
    clues: z.array(line).min(2, 'Name at least two things that give it away.').max(10).describe('What could have been seen, told in the lesson'),
    first_day: z.iso.date('Write a day, 2026-03-01.'), last_day: z.iso.date('Write a day, 2026-03-01.'),
  }),
  output: z.object({ exercise: z.uuid() }),
  async run({ tx, actor }, input) {
    const today = tx.now.toZonedDateTimeISO(await zoneOf(tx)).toPlainDate()
    if (input.first_day < today.toString()) throw new Invalid({ first_day: 'This day is over.' })
    if (input.last_day < input.first_day) throw new Invalid({ last_day: 'It has to be the first day or later.' })
    if (input.last_day > today.add({ days: 90 }).toString()) throw new Invalid({ last_day: 'It has to be within 90 days.' })
    const alone = await countHolders(tx, 'approvals.give') < 2
    refuseIf(alone, 'exercise_needs_second_person', 'It takes a second person: give somebody the role of a deputy first.')
    refuseIf((await teamOf(tx)).length < fewest, 'team_too_small', `With fewer than ${fewest} people everybody would know who it was.`)
    const id = tx.newId()
    await tx.db.insertInto('exercises')
      .values({ organization_id: tx.organizationId, id, ...input, planned_by: await personBehind(tx, actor), planned_at: timestampOf(tx.now) }).execute()
    await askForApproval(tx, 'An exercise against phishing')
    return { exercise: id }
  },
})

export const approveExercise = verb({
  name: 'exercise.approve', summary: 'Agree that the team is sent the phishing mail that somebody else planned.', may: 'approvals.give', stepUp: true,
  entries: ['exercise.planned'],
  input: z.object({ exercise: z.uuid() }),
  async run({ tx, actor }, { exercise: id }) {
    const exercise = await getExercise(tx, id)
    refuseIf(exercise.approved_at ?? exercise.ended_at, 'exercise_already_decided')
    refuseIf(exercise.planned_by === await personBehind(tx, actor), 'exercise_needs_second_person', 'It takes two different people.')
    const [team, hours] = [await teamOf(tx), await hoursLeft(tx, exercise)]
    refuseIf(hours.length === 0, 'exercise_over', 'Its last day is over. Plan it once more.')
    refuseIf(team.length < fewest, 'team_too_small')
    await tx.db.updateTable('exercises').set({ approved_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    await tx.db.insertInto('exercise_letters').values(team.map((account_id) =>
      ({ organization_id: tx.organizationId, exercise_id: id, account_id, send_at: anyMoment(hours) }))).execute()
    const { subject, first_day, last_day } = exercise
    await append(tx, exercisePlanned, { subjects: { exercise: id }, marks: {}, facts: { subject, first_day, last_day, people: team.length } })
  },
})

/** Everybody who works here; auditors look from outside. */
const teamOf = (tx: Tx): Promise<string[]> => membersWith(tx, (roles) => roles.join() !== 'auditor')

interface Hours { readonly from: number; readonly to: number }

/** From eight to five on working days, where the organisation is, as far as they are not over. */
async function hoursLeft(tx: Tx, { first_day, last_day }: Exercise): Promise<Hours[]> {
  const [zone, hours]: [string, Hours[]] = [await zoneOf(tx), []]
  const last = Temporal.PlainDate.from(last_day)
  for (let day = Temporal.PlainDate.from(first_day); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const at = (hour: number) => day.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds
    const from = Math.max(at(8), tx.now.epochMilliseconds)
    if (day.dayOfWeek <= 5 && from < at(17)) hours.push({ from, to: at(17) })
  }
  return hours
}

function anyMoment(hours: readonly Hours[]): Date {
  const { from, to } = hours[randomInt(hours.length)]!
  return new Date(from + randomInt(to - from))
}
