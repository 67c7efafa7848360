import { createHash } from 'node:crypto'
import type { Duty } from 'avow-verify'
import { holdersOf, standInsFor } from '../../access/memberships.ts'
import { accountsOf, personIdOf } from '../../access/people.ts'
import { allDuties, dutyWords } from '../../commitments/index.ts'
import type { Tx } from '../../db/tx.ts'
import { pseudonymsOf, subjectsOf } from '../../ledger/index.ts'
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
  readonly openedAt: number
  readonly dueAt: number
  readonly late: boolean
  readonly accounts: readonly string[]
}

/**
 * Everything that is owed by a date, the earliest first. What waits for somebody else has none. What is a person's own is left out, as it is reminded
 * of elsewhere, but for that of the account `of`.
 */
export async function owed(tx: Tx, { of }: { of?: string } = {}): Promise<OwedDuty[]> {
  const own = of === undefined ? new Set() : await pseudonymsOf(tx, 'person', await personIdOf(tx, of))
  const dated = (await allDuties(tx)).filter((duty): duty is Duty & { due_at: number } =>
    duty.due_at !== undefined && (duty.cases['person'] === undefined || own.has(duty.cases['person'])))
  const subjects = await subjectsOf(tx, dated.flatMap(({ cases }) => cases['report'] ?? []))
  const reports = await keepersOf(tx, [...subjects.values()])
  const areas = new Map<string, readonly string[]>()
  for (const owner of new Set(dated.map(({ owner: named }) => named ?? ''))) areas.set(owner, await ofArea(tx, owner))
  return dated.map((duty): OwedDuty => {
    const report = reports.get(subjects.get(duty.cases['report'] ?? '') ?? '')
    const personal = duty.cases['person'] !== undefined
    const area = duty.owner ?? ''
    return {
      id: idOf(duty), words: report ? `${dutyWords(duty.what)} · ${report.reference}` : dutyWords(duty.what),
      path: report ? `/desk/reports/${report.id}` : personal ? '/me' : '/desk', area: report ? 'reports' : area,
      openedAt: duty.opened_at, dueAt: duty.due_at, late: duty.overdue, accounts: report ? report.accounts : personal ? [of!] : areas.get(area)!,
    }
  })
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

/** Those people, and whoever stands in today for one who is away. Asked once for the same people. */
export function withStandIns(tx: Tx): (accounts: readonly string[]) => Promise<readonly string[]> {
  const known = new Map<string, Promise<string[]>>()
  return (accounts) => {
    const found = known.get(accounts.join()) ?? standInsFor(tx, accounts).then((others) => [...new Set([...accounts, ...others])])
    known.set(accounts.join(), found)
    return found
  }
}

export const andStandIns = (tx: Tx, accounts: readonly string[]): Promise<readonly string[]> => withStandIns(tx)(accounts)
