/** Bytes of a text in an old encoding, by turning the platform's decoder round; what it does not have becomes a question mark. */
export function encoded(text: string, charset: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text)
  const table = tableOf(charset)
  return Buffer.concat(Array.from(text, (letter) => letter < '\u0080' ? Buffer.from(letter) : table.get(letter) ?? Buffer.from('?')))
}

const tables = new Map<string, Map<string, Buffer>>()

function tableOf(charset: string): Map<string, Buffer> {
  const known = tables.get(charset)
  if (known) return known
  const [table, decoder] = [new Map<string, Buffer>(), new TextDecoder(charset)]
  const put = (bytes: Buffer) => {
    const letters = [...decoder.decode(bytes)]
    if (letters.length === 1 && letters[0] !== '\uFFFD' && !table.has(letters[0]!)) table.set(letters[0]!, bytes)
  }
  for (let first = 0x80; first < 0x100; first++) put(Buffer.of(first))
  for (let first = 0x81; first < 0xff; first++) for (let second = 0x40; second < 0xff; second++) put(Buffer.of(first, second))
  tables.set(charset, table)
  return table
}
