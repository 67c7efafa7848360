import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { openJson, sealJson } from '../../seal/envelope.ts'
import type { Encryption, Signature } from '../contact/index.ts'
import type { Report } from '../reports/index.ts'

/** What a mail that came in for a case is answered by. */
interface Parent { readonly messageId: string; readonly references: readonly string[] }

export interface Arrived extends Parent { readonly encryption: Encryption; readonly signature: Signature }

const context = (id: string) => `received-mail:${id}`
/** As many as a mail program shows; the oldest and the newest matter. */
const mostReferences = 20

/** A mail has become part of a case. The next letter to its reporter answers it, and the case's page lists it. */
export async function mailArrived(tx: Tx, report: Report, { messageId, references, encryption, signature }: Arrived): Promise<void> {
  const [id, key_id] = [tx.newId(), report.content_key_id]
  await tx.db.insertInto('received_mails').values({
    organization_id: tx.organizationId, id, report_id: report.id, key_id, encryption, signature, received_at: timestampOf(tx.now),
    box: await sealJson(tx, key_id, context(id), { messageId, references: references.slice(-mostReferences) }),
  }).execute()
}

/** What the next letter to the reporter answers; null where they never wrote by mail. */
export async function newestFrom(tx: Tx, reportId: string): Promise<Parent | null> {
  const row = await tx.db.selectFrom('received_mails').selectAll().where('report_id', '=', reportId)
    .orderBy('received_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row ? openJson<Parent>(tx, row.key_id, context(row.id), row.box) : null
}
