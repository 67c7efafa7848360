/**
 * Messages with their expected parse in the JSON of stalwartlabs/mail-parser. Ours must not crash, and must keep the subject and every word of every
 * part. A damaged message whose words are lost has to be quarantined, which only the mail intake can show; until that exists it is skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { damage } from './mail-damage.ts'
import { filesBelow } from './files.ts'
import { attempt, skipped, type Judge } from './verdict.ts'

interface Expected {
  text_body: number[]
  html_body: number[]
  attachments: number[]
  parts: { headers: { name: string; value: { Text?: string } }[]; body: Record<string, unknown> }[]
}

export const mail: Judge = async function* (folder) {
  for (const file of filesBelow(folder).filter((name) => name.endsWith('.eml'))) {
    const source = readFileSync(file, 'latin1')
    const name = relative(folder, file)
    yield* judge(name, source, file.replace(/eml$/, 'json'))
    yield* judge(`${name} (CRLF)`, source.replaceAll(/\r?\n/g, '\r\n'), file.replace(/eml$/, 'crlf.json'))
  }
}

async function* judge(name: string, source: string, expectation: string) {
  const expected = existsSync(expectation) ? (JSON.parse(readFileSync(expectation, 'utf8')) as Expected) : undefined
  const verdict = await attempt(name, async () => {
    const email = await PostalMime.parse(Buffer.from(source, 'latin1'))
    return expected && difference(email, expected)
  })
  const broken = verdict.outcome === 'failed' && verdict.why?.startsWith('lost') ? damage(source) : undefined
  yield broken ? skipped(name, `${broken}: must be quarantined, and the mail intake does not exist yet (${verdict.why})`) : verdict
}

function difference(email: Email, expected: Expected): string | undefined {
  const subject = expected.parts[0]?.headers.find((header) => header.name === 'subject')?.value.Text
  if (subject !== undefined && subject.trim() !== email.subject?.trim()) return `subject “${email.subject}” where “${subject}” is due`
  const kept = words([email.text, email.html, ...email.attachments.map((part) => text(part.content))].join(' '))
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

function text(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

/** Words without their mark-up, so that two spellings of one body compare. */
function words(body: string): Set<string> {
  return new Set(body.replaceAll(/<[^>]*>/g, ' ').normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]{2,}/gu))
}
