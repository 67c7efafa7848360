/** What somebody drops on the page `/verify`: of which kind it is, and the check that belongs to it. */
import {
  fromUtf8, isDuplicateFile, isRedactedFile, Malformed, parseContent, verifyDuplicate, verifyReceipt, verifyRedacted, type DuplicateVerification,
  type ReceiptVerification, type RedactedVerification, type Trust,
} from 'avow-verify'

interface GivenFile { readonly name: string; readonly bytes: Uint8Array }

export type FileCheck =
  | { readonly of: 'receipt'; run(trust: Trust): Promise<ReceiptVerification> }
  | { readonly of: 'duplicate'; run(trust: Trust): Promise<DuplicateVerification> }
  | { readonly of: 'published'; run(trust: Trust): Promise<RedactedVerification> }

/** A file about a duplicate or a published report decides what is checked; a receipt beside it makes the check stronger. */
export async function checkFor(files: readonly File[]): Promise<FileCheck> {
  const read = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })))
  const receipt = read.find(({ bytes }) => textOf(bytes)?.startsWith('c2sp.org/tlog-proof@'))
  const content = read.find(({ name, bytes }) => name.endsWith('.json') && isContent(textOf(bytes)))
  const [duplicate, redacted] = [read.find(({ bytes }) => isDuplicateFile(bytes)), read.find(({ bytes }) => isRedactedFile(bytes))]
  if (duplicate) {
    const given = { duplicate: fromUtf8(duplicate.bytes), receipt: receipt && fromUtf8(receipt.bytes) }
    return { of: 'duplicate', run: (trust) => verifyDuplicate(given, trust) }
  }
  if (redacted) {
    const given = { redacted: fromUtf8(redacted.bytes), receipt: receipt && fromUtf8(receipt.bytes), content: content && fromUtf8(content.bytes) }
    return { of: 'published', run: (trust) => verifyRedacted(given, trust) }
  }
  return receiptCheck(receipt, content, read)
}

function receiptCheck(receipt: GivenFile | undefined, content: GivenFile | undefined, read: readonly GivenFile[]): FileCheck {
  if (!receipt) {
    throw new Error('None of these files is a receipt (its first line is “c2sp.org/tlog-proof@v1”), a file about a duplicate, or a published report.')
  }
  const given = {
    receipt: fromUtf8(receipt.bytes), content: content && fromUtf8(content.bytes), attachments: read.filter((file) => file !== receipt && file !== content),
  }
  return { of: 'receipt', run: (trust) => verifyReceipt(given, trust) }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined
  }
}

/** A content file that was changed so that it is no longer of its form must not pass for an attachment. */
function isContent(text: string | undefined): boolean {
  try {
    return text !== undefined && parseContent(text) !== undefined
  } catch (error) {
    return error instanceof Malformed && error.code === 'malformed_content'
  }
}
