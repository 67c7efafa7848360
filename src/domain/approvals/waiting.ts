import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import { listCorrections } from '../../ledger/index.ts'
import { query } from '../../verbs/verb.ts'
import { copiesToConfirm } from '../agreements/index.ts'
import { exercisesToApprove } from '../exercises/index.ts'
import { waitingOverrides } from '../first-days/index.ts'
import { namesOfPeople } from '../people/index.ts'
import { versionsUnderReview } from '../policies/index.ts'
import { findOpenImport } from '../systems/index.ts'

const yours = z.boolean().describe('You proposed it, or have approved it: it takes somebody else')

export const listApprovals = query({
  name: 'approval.list', summary: 'Lists what waits until a second person approves it.', may: 'approvals.give', input: z.object({}),
  output: z.object({
    policies: z.array(z.object({
      policy: z.string(), title: z.string(), version: z.number(), summary: z.string(), text: z.string(), text_sha256: z.string(), yours,
    })),
    corrections: z.array(z.object({ index: z.number(), reason: z.string(), yours })),
    exercises: z.array(z.object({
      exercise: z.uuid(), sender: z.string(), subject: z.string(), body: z.string(), first_day: z.string(), last_day: z.string(), yours,
    })),
    imports: z.array(z.object({ id: z.uuid(), rows: z.array(z.object({ kind: z.string(), effective_at: z.string() })), yours })),
    copies: z.array(z.object({ signature: z.uuid(), agreement: z.string(), name: z.string(), signed_on: z.iso.date(), yours })),
    first_days: z.array(z.object({ person: z.uuid(), name: z.string(), reason: z.string(), sentences: z.array(z.string()), yours })),
  }),
  async run({ tx, actor }) {
    const me = await personBehind(tx, actor)
    const [policies, corrections, open] = [await versionsUnderReview(tx), await listCorrections(tx), await findOpenImport(tx)]
    const copies = await copiesToConfirm(tx)
    const name = await namesOfPeople(tx, copies.map(({ person_id }) => person_id))
    return {
      copies: copies.map(({ id, slug, person_id, signed_on, brought_by }) =>
        ({ signature: id, agreement: slug, name: name(person_id), signed_on, yours: brought_by === me })),
      first_days: (await waitingOverrides(tx)).map(({ proposed_by, ...one }) => ({ ...one, yours: proposed_by === me })),
      policies: policies.map(({ approvers, ...version }) => ({ ...version, yours: approvers.includes(me) })),
      corrections: corrections.filter((one) => !one.confirmed_at).map(({ index, reason, proposed_by }) => ({ index, reason, yours: proposed_by === me })),
      exercises: (await exercisesToApprove(tx)).map(({ id: exercise, sender, subject, body, first_day, last_day, planned_by }) =>
        ({ exercise, sender, subject, body, first_day, last_day, yours: planned_by === me })),
      imports: open ? [{ id: open.id, rows: open.rows.map(({ kind, effective_at }) => ({ kind, effective_at })), yours: open.proposedBy === me }] : [],
    }
  },
})
