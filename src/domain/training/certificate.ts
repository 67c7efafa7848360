import type { Actor } from '../../access/actor.ts'
import type { Organization } from '../../access/organizations.ts'
import type { Database } from '../../db/database.ts'
import type { Tx } from '../../db/tx.ts'
import { awaitReceipt, contentFor } from '../../ledger/index.ts'
import { certificatePdf } from '../../ui/certificate-pdf.ts'
import type { Attempt, CourseVersion } from './find.ts'

/** That the entry is in the log, provable without us. */
export const receiptOf = (database: Database, organizationId: string, entryId: string): Promise<string> => awaitReceipt(database, organizationId, entryId)

/** What the receipt's seal covers. */
export const contentOf = (tx: Tx, entryId: string): Promise<string> => contentFor(tx, entryId)

interface Of { attempt: Attempt; version: CourseVersion; entryId: string; verifyAt: string }

/** The certificate of a course that was passed, with its receipt and content file attached. */
export async function certificateOf(database: Database, organization: Organization, actor: Actor, { attempt, version, entryId, verifyAt }: Of) {
  const receipt = await receiptOf(database, organization.id, entryId)
  const content = await database.read(organization.id, (tx) => contentOf(tx, entryId))
  return certificatePdf({
    title: 'Certificate', organization: organization.name, about: actor.kind === 'member' ? actor.personName : '', at: attempt.ended_at!,
    sentence: `has passed the course “${version.title}” with ${attempt.right_answers} of ${attempt.questions} answers right.`,
    lines: [
      ['Passed', attempt.ended_at!.toISOString()],
      ['Course', `${version.title}, version ${version.version}`],
      ['SHA-256 of the course’s text', version.body_sha256.toString('hex')],
      ['Log', organization.logOrigin],
    ],
    check: howToCheck(verifyAt),
    files: [{ name: 'receipt.tlog-proof', type: 'text/plain', text: receipt }, { name: 'content.json', type: 'application/json', text: content }],
  })
}

const howToCheck = (verifyAt: string) => [
  `Two files are attached to this paper: a receipt and a content file. Put both into ${verifyAt}, or run “avow verify receipt.tlog-proof content.json”:`,
  'they prove that the entry stands in the log, when, and what it says.',
  'The log knows a person by a pseudonym; that it belongs to the name above is the word of the organisation.',
].join(' ')
