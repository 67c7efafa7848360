import { inflateSync } from 'node:zlib'

/** The file inside of a PDF that holds `mark`: streams are deflated one by one. */
export function attached(paper: Buffer, mark: string): string | undefined {
  const text = paper.toString('latin1')
  for (const found of text.matchAll(/stream\r?\n/g)) {
    try {
      const plain = inflateSync(paper.subarray(found.index + found[0].length)).toString('utf8')
      if (plain.includes(mark)) return plain
    } catch { /* not a deflated stream */ }
  }
  return undefined
}
