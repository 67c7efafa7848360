import { sql, type RawBuilder } from 'kysely'
import { addEvidence, type EvidenceFile } from './samplable.ts'

interface Text { readonly id: string; readonly slug: string; readonly version: number; readonly body: string; readonly body_sha256: Buffer }

/** Versions of texts as files, by the id of whom or what they belong to: `policy-security-2.md`. The ledger names each by its SHA-256. */
export const textFiles = (prefix: string, rows: readonly Text[]): ReadonlyMap<string, EvidenceFile[]> =>
  new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, texts]) => [id, texts.map(({ slug, version, body, body_sha256: sha256 }) =>
    ({ name: `${prefix}${slug}-${version}.md`, sha256: sha256.toString('hex'), open: async () => Buffer.from(body) }))]))

interface Taken {
  readonly name: string
  /** `policy`, and its table `policies`: the versions are in `policy_versions`. */
  readonly noun: string
  readonly nouns: string
  /** SQL that selects `person_id uuid, version_id uuid`. */
  readonly taken: RawBuilder<unknown>
}

/** Has the evidence about people hold the versions of texts that each of them took: accepted, signed, or was judged by. */
export const addTextsTaken = ({ name, noun, nouns, taken }: Taken): void => addEvidence({
  name, subject: 'person',
  async filesOf({ tx }, ids) {
    const { rows } = await sql<Text>`
      select distinct taken.person_id as id, n.slug, v.version, v.body, v.body_sha256 from (${taken}) taken
        join ${sql.table(`${noun}_versions`)} v on v.id = taken.version_id join ${sql.table(nouns)} n on n.id = ${sql.ref(`v.${noun}_id`)}
      where taken.person_id = any (${[...ids]}::uuid[]) order by 1, 2, 3`.execute(tx.db)
    return textFiles(`${noun}-`, rows)
  },
})
