/** `avow verify …`, for Node. The browser has `src/client/verify.ts`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fromUtf8 } from '../ledger/bytes.ts'
import { Malformed } from '../ledger/malformed.ts'
import { parseOpenings } from '../ledger/openings.ts'
import { isDuplicateFile, originOfDuplicate, verifyDuplicate, type DuplicateVerification } from './duplicate-check.ts'
import { Findings } from './findings.ts'
import { originOfReceipt, verifyReceipt, type ReceiptVerification } from './receipt-check.ts'
import { isRedactedFile, originOfRedacted, verifyRedacted, type RedactedVerification } from './redacted-check.ts'
import { originOfSample, verifySample, type SampleVerification } from './sample-check.ts'
import { httpSource } from './source.ts'
import { chooseTrust, type Memory, type Trust } from './trust.ts'
import { verifyLog, type Verification } from './verify-log.ts'
import { duplicateInWords, logInWords, receiptInWords, redactedInWords, sampleInWords } from './words.ts'

export const verifyUsage = `usage: avow verify URL [options]
       avow verify RECEIPT.tlog-proof [CONTENT.json [FILE ...]] [options]
       avow verify DUPLICATE.json [RECEIPT.tlog-proof] [options]
       avow verify REDACTED.json [RECEIPT.tlog-proof [CONTENT.json]] [options]
       avow verify SAMPLE.zip [options]

Checks an organisation's log and recomputes every public standing, or checks a receipt, the file
about a duplicate, a report that was published, or an auditor's sample, and what it proves. Trusts nobody but the keys it is given.

  --key VKEY       the log's key (may be repeated); without it the server's own word is taken, and said so
  --witness VKEY   a witness whose cosignatures count (may be repeated)
  --log URL        with a receipt: where to ask for the log's key
  --openings FILE  openings that the organisation gave to an auditor
  --state FILE     remembers what was seen, and notices a log that has forked since
  --json           prints the findings as JSON

Exits 0 when all is well, 1 when something is not, 2 when it was asked wrongly.
`

const options = {
  key: { type: 'string', multiple: true },
  witness: { type: 'string', multiple: true },
  log: { type: 'string' },
  openings: { type: 'string' },
  state: { type: 'string' },
  json: { type: 'boolean' },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values']

export interface Out {
  write(text: string): unknown
}

/** Answers the exit code. Reads the network and files, writes to `out` and to the file of `--state`. */
export async function runVerify(args: readonly string[], out: Out, progress: Out = { write() {} }): Promise<0 | 1 | 2> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [subject, ...files] = positionals
    if (subject === undefined) throw new UsageError('what is to be verified?')
    const isUrl = /^https?:\/\//.test(subject)
    const result = isUrl ? await verifyUrl(subject, values, progress) : await verifyFiles(subject, files, values)
    out.write(values.json ? `${JSON.stringify(result, undefined, 2)}\n` : inWords(result))
    return result.ok ? 0 : 1
  } catch (error) {
    if (!isUsageError(error)) throw error
    out.write(`avow verify: ${error.message}\n\n${verifyUsage}`)
    return 2
  }
}

async function verifyUrl(url: string, values: Options, progress: Out): Promise<Verification> {
  const result = await verifyLog({
    url,
    fetch,
    keys: values.key,
    witnesses: values.witness,
    remembered: readMemory(values.state)[url],
    openings: values.openings === undefined ? [] : parseOpenings(readText(values.openings)),
    now: Date.now(),
    progress: (what, done, of) => progress.write(`\r${what}: ${done} of ${of}${done === of ? '\n' : ''}`),
  })
  if (result.memory) remember(values.state, url, result.memory)
  return result
}

type FileVerification = ReceiptVerification | DuplicateVerification | RedactedVerification | SampleVerification

async function verifyFiles(first: string, others: readonly string[], values: Options): Promise<FileVerification> {
  const findings = new Findings()
  const { origin, verify } = fileToVerify(first, others)
  const remembered = Object.values(readMemory(values.state)).find(({ checkpoint }) => checkpoint.startsWith(`${origin}\n`))
  const source = values.log === undefined ? undefined : httpSource(values.log, fetch)
  const trust = await findings.check('key_unknown', () => chooseTrust(source, { keys: values.key, witnesses: values.witness, remembered }, findings))
  if (!trust) return { ok: false, ...findings }
  const result = await verify(trust)
  return { ...result, notes: [...findings.notes, ...result.notes] }
}

interface ToVerify { readonly origin: string; verify(trust: Trust): Promise<FileVerification> }

/** Of which kind the file is, and what those beside it are to it. */
function fileToVerify(first: string, [second, ...attachments]: readonly string[]): ToVerify {
  const bytes = readFileSync(first)
  const text = second === undefined ? undefined : readText(second)
  if (first.endsWith('.zip')) return { origin: originOfSample(bytes), verify: (trust) => verifySample(bytes, trust) }
  if (isDuplicateFile(bytes)) {
    return { origin: originOfDuplicate(fromUtf8(bytes)), verify: (trust) => verifyDuplicate({ duplicate: fromUtf8(bytes), receipt: text }, trust) }
  }
  if (isRedactedFile(bytes)) {
    const content = attachments[0] === undefined ? undefined : readText(attachments[0])
    return { origin: originOfRedacted(fromUtf8(bytes)), verify: (trust) => verifyRedacted({ redacted: fromUtf8(bytes), receipt: text, content }, trust) }
  }
  return { origin: originOfReceipt(bytes), verify: (trust) => verifyReceipt({
    receipt: fromUtf8(bytes), content: text, attachments: attachments.map((name) => ({ name, bytes: readFileSync(name) })),
  }, trust) }
}

function inWords(result: Verification | FileVerification): string {
  if ('checked' in result) return sampleInWords(result)
  if ('published' in result || 'report' in result) return redactedInWords(result)
  if ('original' in result) return duplicateInWords(result)
  return 'entry' in result || 'facts' in result ? receiptInWords(result) : logInWords(result)
}

function remember(file: string | undefined, url: string, memory: Memory): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify({ ...readMemory(file), [url]: memory }, undefined, 2)}\n`)
}

/** What earlier checks saw, by address. */
function readMemory(file: string | undefined): Record<string, Memory> {
  return file !== undefined && existsSync(file) ? (JSON.parse(readText(file)) as Record<string, Memory>) : {}
}

function readText(file: string): string {
  return fromUtf8(readFileSync(file))
}

class UsageError extends Error {}

/** Wrong options, files that are not there, and files that are not what the option says. */
function isUsageError(error: unknown): error is Error {
  const code = (error as { code?: string }).code ?? ''
  const isForm = error instanceof UsageError || error instanceof Malformed || error instanceof SyntaxError
  return isForm || code.startsWith('ERR_PARSE_ARGS') || code === 'ENOENT' || code === 'EISDIR'
}
