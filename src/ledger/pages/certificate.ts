import { certificatePdf, type Certificate } from '../../ui/certificate-pdf.ts'
import { download } from '../../web/download.ts'
import type { Page } from '../../web/page.ts'
import { awaitReceipt, contentFor } from '../receipts.ts'

/** What a paper says; the proof and how it is checked are the same on all of them. */
interface Said extends Pick<Certificate, 'title' | 'about' | 'sentence' | 'lines' | 'at'> {
  /** Of the file, without its ending. */
  readonly name: string
  readonly entryId: string
}

/** A paper about one entry, with the entry's receipt and content file attached. */
export async function certificate(page: Page, { name, entryId, lines, ...said }: Said): Promise<Response> {
  const { organization, deps: { database } } = page
  const receipt = await awaitReceipt(database, organization.id, entryId)
  const content = await page.reading((tx) => contentFor(tx, entryId))
  const pdf = await certificatePdf({
    ...said, organization: organization.name, lines: [...lines, ['Log', organization.logOrigin]], check: howToCheck(page.address('/verify')),
    files: [{ name: 'receipt.tlog-proof', type: 'text/plain', text: receipt }, { name: 'content.json', type: 'application/json', text: content }],
  })
  return download(`${name}.pdf`, 'application/pdf', pdf)
}

/** The entry's receipt alone, for whoever keeps it. */
export const receiptDownload = async (page: Page, name: string, entryId: string): Promise<Response> =>
  download(`${name}.tlog-proof`, 'text/plain; charset=utf-8', await awaitReceipt(page.deps.database, page.organization.id, entryId))

/** What the receipt's seal covers. */
export const contentDownload = async (page: Page, name: string, entryId: string): Promise<Response> =>
  download(`${name}.json`, 'application/json', await page.reading((tx) => contentFor(tx, entryId)))

const howToCheck = (verifyAt: string) => [
  `Two files are attached to this paper: a receipt and a content file. Put both into ${verifyAt}, or run “avow verify receipt.tlog-proof content.json”:`,
  'they prove that the entry stands in the log, when, and what it says.',
  'The log knows a person by a pseudonym; that it belongs to the name above is the word of the organisation.',
].join(' ')
