import type { Tx } from '../../db/tx.ts'
import { post, toTeam } from '../../mail/index.ts'
import { getReport, tellTeam } from '../reports/index.ts'

export async function tellOfQuarantine(tx: Tx): Promise<void> {
  await post(tx, {
    to: await toTeam(tx, 'reports.triage'),
    subject: 'A mail waits for a person',
    text: 'A mail came that could not be taken apart. Look at it, and make a report of it or discard it:\n\n{link:/desk/intake}',
  })
}

/** Somebody knows of a case, and writes from another address than its reporter. */
export async function tellOfSomeoneElse(tx: Tx, reportId: string): Promise<void> {
  await tellTeam(tx, await getReport(tx, { kind: 'system', job: 'message.receive' }, reportId), 'somebody else wrote')
}
