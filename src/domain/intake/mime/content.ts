/** What the head of a part says about its body (RFC 2045). */
export interface Content {
  /** `text/plain`, in small letters. */
  readonly type: string
  readonly multipart: boolean
  readonly boundary?: string
  readonly charset?: string
  readonly encoding: string
}

/** The first header of a name counts, as for the parser. Inside of a digest the default is a message (RFC 2046, section 5.1.5). */
export function contentOf(head: readonly string[], inside?: string): Content {
  const fields = unfolded(head)
  const said = fields.get('content-type')?.slice(0, 20_000) ?? (inside === 'multipart/digest' ? 'message/rfc822' : 'text/plain')
  const type = /^\s*([^\s;]+)/.exec(said)?.[1]?.toLowerCase() ?? 'text/plain'
  const [boundary, charset] = [parameter(said, 'boundary'), parameter(said, 'charset')?.trim().toLowerCase()]
  const multipart = type.startsWith('multipart/')
  return {
    type, multipart,
    ...multipart && boundary !== undefined && { boundary: boundary.trimEnd() },
    ...charset && { charset },
    encoding: /[\w-]+/.exec((fields.get('content-transfer-encoding') ?? '').slice(0, 1000).replace(/\([^)]*\)/g, ''))?.[0].toLowerCase() ?? '7bit',
  }
}

function unfolded(head: readonly string[]): Map<string, string> {
  const lines: string[][] = []
  for (const line of head) if (/^[ \t]/.test(line)) lines.at(-1)?.push(line); else lines.push([line])
  const fields = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = /^([^:]*):(.*)$/s.exec(line.join('')) ?? []
    if (name !== undefined && !fields.has(name.trim().toLowerCase())) fields.set(name.trim().toLowerCase(), value!)
  }
  return fields
}

const parameter = (value: string, name: string): string | undefined => {
  const [, quoted, bare] = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(value) ?? []
  return quoted?.replace(/\\(.)/g, '$1') ?? bare
}

/** Whether the platform reads it, by one of the names that mail programs give it. */
export function knownCharset(label: string): boolean {
  const plain = label.replace(/^x-/, '').replace(/^(?:cp|ms|ibm)(?=125\d$|874$)/, 'windows-').replace(/^(?:cp|ms|ibm|windows-)932$/, 'shift_jis')
    .replace(/^(?:cp|ms|ibm|windows-)949$/, 'euc-kr').replace(/^(?:cp|ms|ibm|windows-)950$/, 'big5').replace(/^(?:cp|ms|ibm|windows-)936$/, 'gbk')
  return isEncoding(label) || isEncoding(plain)
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== ''
  } catch { return false }
}
