/** What is visibly wrong with a message's form, in words, or undefined. */
export function damage(source: string): string | undefined {
  if (/^content-type:\s*multipart\/[^;\s]+\s+boundary/im.test(source)) return 'a boundary follows its type without a semicolon'
  for (const boundary of boundaries(source)) {
    if (!hasLine(source, `--${boundary}`)) return `no part begins at its boundary “${boundary}”`
    if (!hasLine(source, `--${boundary}--`)) return `its boundary “${boundary}” is never closed`
  }
  return source.split(/\r?\n\r?\n/).some(isBrokenBase64) ? 'a part announced as base64 is not' : undefined
}

function boundaries(source: string): string[] {
  return [...source.matchAll(/boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/gi)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

function hasLine(source: string, line: string): boolean {
  return source.split(/\r?\n/).some((candidate) => candidate.trimEnd() === line)
}

function isBrokenBase64(block: string, i: number, blocks: string[]): boolean {
  const announced = /^content-transfer-encoding:\s*base64\s*$/im.test(blocks[i - 1] ?? '')
  const body = block.split(/\r?\n--/)[0]!
  return announced && /[^A-Za-z0-9+/=\s]/.test(body)
}
