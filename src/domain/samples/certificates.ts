import { createHash } from 'node:crypto'
import { factsIfKept } from '../../ledger/index.ts'
import { certificatePdf, type Certificate } from '../../ui/certificate-pdf.ts'
import type { Work } from '../../verbs/verb.ts'
import { addEvidence, type EvidenceFile } from './samplable.ts'

/** What a certificate says about one entry of one person. */
export interface Paper extends Pick<Certificate, 'title' | 'about' | 'sentence' | 'lines' | 'at'> {
  /** Of the file, without its ending; one person has it once. */
  readonly name: string
  readonly person: string
  readonly entryId: string
}

const check = 'This paper lies in a sample: the receipt and the content file of its entry lie beside it, and “avow verify sample.zip” checks all three.'

/**
 * Has the evidence about people hold their certificates, the same bytes whenever they are made. Whose facts were erased has none any more, and one that
 * would say another name by now is not the one that was drawn.
 */
export const addCertificates = (name: string, papersOf: (work: Work, ids: readonly string[]) => Promise<readonly Paper[]>): void => addEvidence({
  name, subject: 'person',
  async filesOf(work, ids) {
    const { tx } = work
    const { name: organization, log_origin: origin } = await tx.db.selectFrom('organizations').select(['name', 'log_origin'])
      .where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
    const files = new Map<string, EvidenceFile[]>()
    for (const { name: file, person, entryId, lines, ...paper } of await papersOf(work, ids)) {
      if (!await factsIfKept(tx, entryId)) continue
      const bytes = await certificatePdf({ ...paper, organization, lines: [...lines, ['Log', origin]], check, files: [] })
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      files.set(person, [...files.get(person) ?? [], { name: `${file}.pdf`, sha256, open: async () => bytes }])
    }
    return files
  },
})
