import { createHash } from 'node:crypto'
import type { Duty } from 'avow-verify'
import { holdersOf, standInsFor } from '../../access/memberships.ts'
import { accountsOf } from '../../access/people.ts'
import { allDuties, dutyWords } from '../../commitments/index.ts'
import type { Tx } from '../../db/tx.ts'
import { subjectsOf } from '../../ledger/index.ts'
import { responsibleFor } from '../responsibilities/index.ts'
import { keepersOf } from '../reports/index.ts'

/** A duty with a date, and whoever is told of it. Moments are milliseconds since 1970 UTC. */
export interface OwedDuty {
  /** The same for the same duty at any time. */
  readonly id: Buffer
  /** `Acknowledge the report · R-7KQ2-MX4D`: nothing of what was written. */
  readonly words: string
  /** Where it is done. */
  readonly path: string
  /** `reports`, or the owner that the rule names; '' where it names none. */
  readonly area: string
  /** Whether it is one person's own: a policy to accept, a course to pass. Those are reminded of by what asked for them. */
  readonly personal: boolean
  readonly openedAt: number
  readonly dueAt: number
  readonly late: boolean
  readonly accounts: readonly string[]
}

/** Everything that is owed by a date, the earliest first. What waits for somebody else has none. */
export async function owed(tx: Tx): Promise<OwedDuty[]> {
  const dated = (await allDuties(tx)).filter((duty): duty is Duty & { due_at: number } => duty.due_at !== undefined)
  const subjects = await subjectsOf(tx, dated.flatMap(({ cases }) => Object.values(cases)))
  const about = (duty: Duty, kind: string) => subjects.get(duty.cases[kind] ?? '')
  const reports = await keepersOf(tx, dated.flatMap((duty) => about(duty, 'report') ?? []))
  const areas = new Map<string, readonly string[]>()
  for (const owner of new Set(dated.map(({ owner: named }) => named ?? ''))) areas.set(owner, await ofArea(tx, owner))
  return Promise.all(dated.map(async (duty): Promise<OwedDuty> => {
    const [report, person] = [reports.get(about(duty, 'report') ?? ''), about(duty, 'person')]
    const accounts = report ? report.accounts : person ? await accountsOf(tx, [person]) : areas.get(duty.owner ?? '')!
    return {
      id: idOf(duty), words: report ? `${dutyWords(duty.what)} · ${report.reference}` : dutyWords(duty.what),
      path: report ? `/desk/reports/${report.id}` : person ? '/me' : '/desk', area: report ? 'reports' : duty.owner ?? '', personal: person !== undefined,
      openedAt: duty.opened_at, dueAt: duty.due_at, late: duty.overdue, accounts,
    }
  }))
}

/** Whoever is responsible for the area; where nobody is named, whoever keeps the policies. */
async function ofArea(tx: Tx, area: string): Promise<readonly string[]> {
  const responsible = area ? await accountsOf(tx, await responsibleFor(tx, area)) : []
  return responsible.length > 0 ? responsible : holdersOf(tx, 'policies.write')
}

function idOf({ policy, mark, what, cases, opened_at: openedAt }: Duty): Buffer {
  const subjects = Object.entries(cases).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify([policy, mark, what, subjects, openedAt])).digest()
}

/** Those people, and whoever stands in today for one who is away. */
export const andStandIns = async (tx: Tx, accounts: readonly string[]): Promise<string[]> =>
  [...new Set([...accounts, ...await standInsFor(tx, accounts)])]
