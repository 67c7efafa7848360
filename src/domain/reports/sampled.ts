import type { Database } from '../../db/database.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { loadKeys } from '../../seal/envelope.ts'
import { listAttachments, readAttachment } from '../../seal/attachments.ts'
import type { Work } from '../../verbs/verb.ts'
import { addEvidence, addSamplable, recorded, type EvidenceFile } from '../samples/index.ts'
import { reportsByIds, reportsBetween } from './find.ts'
import { linesOf } from './list-reports.ts'
import { unlessErased } from './read-report.ts'

/** As auditors see them: a report that is restricted to others is only there, in the ledger. */
addSamplable({
  name: 'report.received', title: 'Reports received', subject: 'report', may: 'reports.read',
  population: async ({ tx, actor }, { since, until }) =>
    (await reportsBetween(tx, actor, timestampOf(since), timestampOf(until))).map(({ id, received_at: at }) => ({ id, at })),
  sources: async ({ tx }, period) => [await recorded(tx, ['report.received'], 'report', period)],
  visible: async ({ tx, actor }, ids) => (await reportsByIds(tx, actor, ids)).map(({ id }) => id),
  namesOf,
  keysOf: async ({ tx, actor }, ids) => lookUp((await reportsByIds(tx, actor, ids)).map(({ id, reference }) => [id, reference])),
})

async function namesOf({ tx, actor }: Work, ids: readonly string[]) {
  const reports = await reportsByIds(tx, actor, ids)
  await loadKeys(tx, reports.map(({ content_key_id: key }) => key))
  return lookUp((await linesOf(tx, reports)).map(({ id, reference, title }) => [id, `${reference}: ${title ?? 'erased'}`]), 'A report that you may not see')
}

function lookUp(pairs: readonly (readonly [string, string])[], otherwise?: string): (id: string) => string {
  const known = new Map(pairs)
  return (id) => known.get(id) ?? otherwise ?? id
}

addEvidence({
  name: 'attachments', subject: 'report',
  async filesOf({ tx, actor }, ids) {
    const files = new Map<string, EvidenceFile[]>()
    for (const { id } of await reportsByIds(tx, actor, ids)) {
      const owner = { kind: 'report', id }
      const attached = await unlessErased(listAttachments(tx, owner)) ?? []
      files.set(id, attached.map(({ id: file, name, sha256 }) => ({ name: `files/${file}/${name}`, sha256,
        open: async (database: Database, organizationId: string) => (await readAttachment(database, organizationId, owner, file)).content })))
    }
    return files
  },
})
