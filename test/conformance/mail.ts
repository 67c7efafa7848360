/**
 * Messages with their expected parse in the JSON of stalwartlabs/mail-parser, taken apart by the intake itself. Each has to end as a report that
 * keeps the subject and every word of every part, or as a message that a person reads in its source.
 */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { readMail, type ReadMail } from '../../src/domain/intake/index.ts'
import { filesBelow } from './files.ts'
import { attempt, type Judge } from './verdict.ts'

interface Expected {
  text_body: number[]
  html_body: number[]
  attachments: number[]
  parts: { headers: { name: string; value: { Text?: string } }[]; body: Record<string, unknown> }[]
}

export const mail: Judge = async function* (folder) {
  for (const file of filesBelow(folder).filter((name) => name.endsWith('.eml'))) {
    const source = readFileSync(file)
    const name = relative(folder, file)
    yield await judge(name, source, file.replace(/eml$/, 'json'))
    yield await judge(`${name} (CRLF)`, Buffer.from(source.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1'), file.replace(/eml$/, 'crlf.json'))
  }
}

const judge = (name: string, source: Buffer, expectation: string) => attempt(name, async () => {
  const read = await readMail(source)
  if ('unreadable' in read || !existsSync(expectation)) return undefined
  return difference(read, JSON.parse(readFileSync(expectation, 'utf8')) as Expected)
})

function difference(read: ReadMail, expected: Expected): string | undefined {
  const subject = expected.parts[0]?.headers.find((header) => header.name === 'subject')?.value.Text
  if (subject !== undefined && plain(subject) !== plain(read.subject)) return `subject “${read.subject}” where “${subject}” is due`
  const kept = words([read.subject, read.text, ...read.files.map(({ content }) => text(content))].join(' '))
  const due = new Set([...expected.text_body, ...expected.html_body, ...expected.attachments].map((part) => expected.parts[part]!.body))
  const lost = [...due].flatMap((body) => [...words(expectedText(body))]).filter((word) => !kept.has(word))
  return lost.length > 0 ? `lost: ${lost.slice(0, 8).join(' ')}` : undefined
}

function expectedText(body: Record<string, unknown>): string {
  const [kind = '', value] = Object.entries(body)[0] ?? []
  if (kind === 'Text' || kind === 'Html') return value as string
  if (kind === 'Binary' || kind === 'InlineBinary') return text(Uint8Array.from(value as number[]))
  return kind === 'Message' ? (value as Expected).parts.map((part) => expectedText(part.body)).join(' ') : ''
}

const text = (content: Uint8Array): string => new TextDecoder().decode(content)
const plain = (line: string): string => line.replaceAll(/\s+/g, ' ').trim()

/** Words without their mark-up, so that two spellings of one body compare. */
function words(body: string): Set<string> {
  return new Set(body.replaceAll(/<[^>]*>/g, ' ').normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]{2,}/gu))
}
