import { z } from 'zod'
import { demandAnother } from '../../access/person-behind.ts'
import { personKey } from '../../access/person-key.ts'
import { dutyWords } from '../../commitments/index.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { append, defineKind } from '../../ledger/index.ts'
import { Refused, refuseIf } from '../../lib/errors.ts'
import { askForApproval } from '../../mail/index.ts'
import { openText, sealText } from '../../seal/envelope.ts'
import { readMoment } from '../../verbs/moment.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import type { Person } from '../people/index.ts'
import { lockFirstDay, missingFor } from './find.ts'

/** Written by nothing but the confirmation of a first day, so that nobody begins past what the policies ask for. */
const personStarted = defineKind({
  kind: 'person.started', about: 'A person’s first day of work.',
  stream: 'people', subjects: ['person'], vouch: 'company', marks: z.object({}),
  facts: z.object({
    first_day: z.iso.date(),
    overridden: z.object({ reason: z.string(), missing: z.array(z.object({ policy: z.string(), mark: z.string() })) }).nullable()
      .describe('What was missing, where two people confirmed the day all the same'),
  }),
})

const Who = z.object({ person: z.uuid() })

/** One click on the day. What the policies in force want first has to be there. */
export const confirmFirstDay = verb({
  name: 'first-day.confirm', summary: 'Say that somebody’s first day has come. Refused while something is missing that a policy wants first.',
  may: 'people.manage', entries: ['person.started'], input: Who,
  async run(work, { person: id }) {
    const { tx } = work
    const { person, today } = await lockFirstDay(tx, id)
    demandDay(person, today)
    const me = await somebodyElse(work, person)
    const missing = await missingFor(tx, id)
    const toDo = missing.flatMap(({ what }) => what.map((kind) => `${dutyWords([kind])}.`)).join(' ')
    if (missing.length > 0) throw new Refused('first_day_not_earned', `Not yet. ${toDo} It can be done at /desk/first-days.`)
    return start(work, person, { me, today, overridden: null })
  },
})

export const proposeOverride = verb({
  name: 'first-day.override',
  summary: 'Propose that somebody begins although something is missing. It takes a second person, and breaks the promise in the open.',
  may: 'people.manage', stepUp: true, entries: [],
  input: Who.extend({ reason: z.string().trim().min(10, 'Say why, in a sentence.').max(1000).describe('Why it cannot wait. Auditors read it') }),
  async run(work, { person: id, reason }) {
    const { tx } = work
    const { person, today } = await lockFirstDay(tx, id)
    demandDay(person, today)
    const me = await somebodyElse(work, person)
    refuseIf((await missingFor(tx, id)).length === 0, 'nothing_is_missing', 'Nothing is missing: confirm the first day.')
    const key = await personKey(tx, id)
    await tx.db.updateTable('first_days').where('person_id', '=', id).set({
      override_key_id: key, override_reason: await sealText(tx, key, reasonPlace(id), reason), proposed_by: me,
      proposed_at: timestampOf(tx.now),
    }).execute()
    await askForApproval(tx, 'A first day although something is missing')
    return { person: id }
  },
})

/** Never by one person, however small the team is. */
export const confirmOverride = verb({
  name: 'first-day.confirm-override', summary: 'Agree, as a second person, that somebody begins although something is missing.',
  may: 'approvals.give', stepUp: true, entries: ['person.started'], input: Who,
  async run(work, { person: id }) {
    const { tx } = work
    const { person, day, today } = await lockFirstDay(tx, id)
    refuseIf(!day.override_reason, 'no_override_proposed', 'Nobody has proposed it.')
    const me = await somebodyElse(work, person)
    await demandAnother(work, day.proposed_by, 'Somebody else has to agree.')
    const reason = await openText(tx, day.override_key_id!, reasonPlace(id), day.override_reason!)
    const missing = (await missingFor(tx, id)).map(({ policy, mark }) => ({ policy, mark }))
    return start(work, person, { me, today, overridden: { reason, missing } })
  },
})

export const reasonPlace = (personId: string) => `first-day/override/${personId}`

function demandDay({ starts_on: on }: Person, today: string): void {
  refuseIf(on !== null && on > today, 'first_day_not_come', `The first day is ${on}. If it is earlier, change it first.`)
}

/** Nobody lets themselves in. */
const somebodyElse = (work: Work, { account_id: account }: Person): Promise<string> => demandAnother(work, account, 'Somebody else confirms your first day.')

interface Confirmed {
  readonly me: string
  readonly today: string
  readonly overridden: { readonly reason: string; readonly missing: { policy: string; mark: string }[] } | null
}

async function start({ tx }: Work, { id, starts_on: on }: Person, { me, today, overridden }: Confirmed) {
  const firstDay = on ?? today
  const { entryId } = await append(tx, personStarted, {
    subjects: { person: id }, marks: {}, facts: { first_day: firstDay, overridden }, keyId: await personKey(tx, id),
    ...firstDay < today && { effectiveAt: await readMoment(tx, firstDay) },
  })
  await tx.db.updateTable('first_days').where('person_id', '=', id).set({
    confirmed_by: me, started_at: timestampOf(tx.now), entry_id: entryId,
    // What was proposed while something was missing is nothing once it is there.
    ...!overridden && { override_key_id: null, override_reason: null, proposed_by: null, proposed_at: null },
  }).execute()
  return { person: id, entry: entryId }
}
