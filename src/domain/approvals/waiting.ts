import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import { listCorrections } from '../../ledger/index.ts'
import { query } from '../../verbs/verb.ts'
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
    imports: z.array(z.object({ id: z.uuid(), rows: z.array(z.object({ kind: z.string(), effective_at: z.string() })), yours })),
  }),
  async run({ tx, actor }) {
    const me = await personBehind(tx, actor)
    const [policies, corrections, open] = [await versionsUnderReview(tx), await listCorrections(tx), await findOpenImport(tx)]
    return {
      policies: policies.map(({ approvers, ...version }) => ({ ...version, yours: approvers.includes(me) })),
      corrections: corrections.filter((one) => !one.confirmed_at).map(({ index, reason, proposed_by }) => ({ index, reason, yours: proposed_by === me })),
      imports: open ? [{ id: open.id, rows: open.rows.map(({ kind, effective_at }) => ({ kind, effective_at })), yours: open.proposedBy === me }] : [],
    }
  },
})
