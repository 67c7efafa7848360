/**
 * One entity of a mail as it came (RFC 2045): its fields, its body, and for a multipart the entities in it, every byte kept, since a signature
 * covers the bytes. Only what OpenPGP needs of MIME is read here; the intake reads the mail.
 */
export interface Entity {
  readonly raw: Buffer
  /** By lower-case name, unfolded; of several the first. */
  readonly fields: ReadonlyMap<string, string>
  readonly type: string
  readonly parameter: (name: string) => string | undefined
  readonly filename: string
  /** Decoded from its transfer encoding. */
  readonly content: () => Buffer
  readonly parts: readonly Entity[]
  /** Its boundary, where it is a multipart. */
  readonly boundary: string | undefined
}

const deepest = 12
const mostParts = 500

export function readEntity(raw: Buffer, depth = 0): Entity {
  const { head, body } = split(raw)
  const fields = fieldsOf(head)
  const declared = fields.get('content-type') ?? 'text/plain'
  const type = /^[^;\s]*/.exec(declared)![0].toLowerCase()
  const parameter = (name: string) => parameterOf(declared, name)
  const boundary = type.startsWith('multipart/') && depth < deepest ? parameter('boundary') : undefined
  return {
    raw, fields, type, parameter, boundary,
    filename: parameterOf(fields.get('content-disposition') ?? '', 'filename') ?? parameter('name') ?? '',
    content: () => decoded(body, (fields.get('content-transfer-encoding') ?? '').toLowerCase().trim()),
    parts: boundary === undefined ? [] : partsOf(body, boundary).map((part) => readEntity(part, depth + 1)),
  }
}

/** The same entity with other parts in place of its own: what stood between them is left out. */
export function withParts({ raw, boundary }: Entity, parts: readonly Buffer[]): Buffer {
  const { head } = split(raw)
  const pieces = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')])
  return Buffer.concat([head, Buffer.from('\r\n\r\n'), ...pieces, Buffer.from(`--${boundary}--\r\n`)])
}

/** The fields of a mail, without those that say what kind of body it has, before the entity that takes the body's place. */
export function underSameFields(mail: Buffer, entity: Buffer): Buffer {
  const kept = split(mail).head.toString('latin1').split(/\r?\n(?![ \t])/).filter((field) => field !== '' && !/^(content-[\w-]+|mime-version)\s*:/i.test(field))
  const { head, body } = split(entity)
  const own = head.toString('latin1').split(/\r?\n(?![ \t])/).filter((field) => /^content-[\w-]+\s*:/i.test(field))
  return Buffer.concat([Buffer.from([...kept, 'MIME-Version: 1.0', ...own].join('\r\n'), 'latin1'), Buffer.from('\r\n\r\n'), body])
}

/** A new entity for what came out of an encrypted one. */
export function newEntity(type: string, filename: string, content: Buffer): Buffer {
  const name = filename.replaceAll(/[^\w .()-]/g, '_').slice(0, 200)
  const disposition = name ? `attachment; filename="${name}"` : 'inline'
  const lines = content.toString('base64').replaceAll(/.{76}/g, '$&\r\n')
  return Buffer.from(`Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ${disposition}\r\n\r\n${lines}`)
}

/** Lines ended as they were when it was signed (RFC 3156, section 5). */
export const canonicalLines = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1')

function split(raw: Buffer): { head: Buffer; body: Buffer } {
  // A part may begin with the empty line: it has no fields then.
  const lead = raw[0] === 10 ? 1 : raw[0] === 13 && raw[1] === 10 ? 2 : 0
  if (lead > 0) return { head: Buffer.alloc(0), body: raw.subarray(lead) }
  const ends = ['\r\n\r\n', '\n\n'].map((mark) => ({ at: raw.indexOf(mark), length: mark.length })).filter(({ at }) => at >= 0)
  const end = ends.toSorted((a, b) => a.at - b.at)[0]
  return end ? { head: raw.subarray(0, end.at), body: raw.subarray(end.at + end.length) } : { head: raw, body: Buffer.alloc(0) }
}

function fieldsOf(head: Buffer): Map<string, string> {
  const fields = new Map<string, string>()
  for (const field of head.toString('latin1').split(/\r?\n(?![ \t])/)) {
    const colon = field.indexOf(':')
    const name = field.slice(0, colon).trim().toLowerCase()
    if (colon > 0 && !fields.has(name)) fields.set(name, field.slice(colon + 1).replaceAll(/\r?\n[ \t]+/g, ' ').trim())
  }
  return fields
}

function parameterOf(field: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(field)
  return found ? (found[1]?.replaceAll(/\\(.)/g, '$1') ?? found[2]) : undefined
}

/** What stands between the lines of the boundary. The line break before one belongs to it (RFC 2046, section 5.1.1). */
function partsOf(body: Buffer, boundary: string): Buffer[] {
  const text = body.toString('latin1')
  const line = new RegExp(`(?:^|\\r?\\n)--${boundary.replaceAll(/[^\w]/g, String.raw`\$&`)}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g')
  const parts: Buffer[] = []
  let from: number | undefined
  for (const match of text.matchAll(line)) {
    if (from !== undefined) parts.push(body.subarray(from, match.index))
    if (match[1] || parts.length >= mostParts) return parts
    const after = match.index + match[0].length
    from = after + (text[after] === '\r' ? 2 : 1)
  }
  if (from !== undefined) parts.push(body.subarray(from))
  return parts
}

function decoded(body: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return body
  const text = body.toString('latin1').replaceAll(/[ \t]+(?=\r?\n)/g, '').replaceAll(/=\r?\n/g, '')
  return Buffer.from(text.replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1')
}
