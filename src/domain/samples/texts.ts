import type { EvidenceFile } from './samplable.ts'

interface Text { readonly id: string; readonly slug: string; readonly version: number; readonly body: string; readonly body_sha256: Buffer }

/** Versions of texts as files, by the id of whom or what they belong to: `policy-security-2.md`. The ledger names each by its SHA-256. */
export const textFiles = (prefix: string, rows: readonly Text[]): ReadonlyMap<string, EvidenceFile[]> =>
  new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, texts]) => [id, texts.map(({ slug, version, body, body_sha256: sha256 }) =>
    ({ name: `${prefix}${slug}-${version}.md`, sha256: sha256.toString('hex'), open: async () => Buffer.from(body) }))]))
