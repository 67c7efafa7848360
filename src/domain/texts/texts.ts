import { createHash } from 'node:crypto'
import { sql, type Insertable, type Selectable, type Transaction } from 'kysely'
import { z } from 'zod'
import type { Permission } from '../../access/roles.ts'
import type { Later, Named } from '../../db/column.ts'
import { nextVersion } from '../../db/next-version.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, defineKind, type Kind } from '../../ledger/index.ts'
import { NotFound } from '../../lib/errors.ts'
import { shortName } from '../../verbs/fields.ts'
import { verb } from '../../verbs/verb.ts'

export interface TextRow extends Named { slug: string; withdrawn_at: Later<Date> }

export interface TextVersionRow extends Named {
  version: number
  title: string
  body: string
  body_sha256: Buffer
  roles: string[]
  published_at: Date
}

/** One version of a text, with what its noun's row says. `id` is the version's. */
export type Text<N extends TextRow, V extends TextVersionRow> = Omit<Selectable<N>, 'id'> & Selectable<V>

interface Declared<S, F> {
  /** `course`: the tables are `courses` and `course_versions`, the entries `course.published` and `course.withdrawn`. */
  readonly noun: S
  /** A short name, such as one might give. */
  readonly like: string
  /** What the two entries say. */
  readonly published: string
  readonly withdrawn: string
  /** Facts of a publication beside its title, version and hash. */
  readonly facts: F
}

export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

type Given = 'title' | 'body' | 'roles'
type Own<R extends TextVersionRow> = Omit<Insertable<R>, keyof TextVersionRow | `${string}_id`> & Pick<TextVersionRow, Given>

/** Tables by names that are known when the noun is declared. */
const rows = (tx: Tx) => tx.db as unknown as Transaction<Record<string, Record<string, unknown>>>

/** Declares a noun of this sort. A migration makes its tables, whose rows extend the two above. */
export function textsOf<S extends string, N extends TextRow, V extends TextVersionRow, F extends z.ZodRawShape>(
  { noun, like, facts, ...about }: Declared<S, F>,
) {
  const [nouns, versions, of] = [`${noun}s`, `${noun}_versions`, `${noun}_id`]
  const subject: string = noun
  const stated = { stream: 'systems', subjects: [subject], vouch: 'company', marks: z.object({ [noun]: z.string() }) } as const
  const withdrawn = defineKind({ kind: `${noun}.withdrawn`, about: about.withdrawn, ...stated, facts: z.object({}) })
  const published = defineKind({
    kind: `${noun}.published`, about: about.published, ...stated,
    facts: z.object({ [noun]: z.string(), title: z.string(), version: z.number(), text_sha256: z.string(), ...facts }),
  })

  const Slug = shortName(`The ${noun}’s short name: ${like}`)

  async function newest<T>(tx: Tx, slug: string | undefined, which = sql`true`, columns = sql`n.*, v.*`): Promise<T[]> {
    const { rows: found } = await sql<T>`
      select distinct on (n.slug) ${columns} from ${sql.table(nouns)} n join ${sql.table(versions)} v
        on v.organization_id = n.organization_id and ${sql.ref(`v.${of}`)} = n.id
      where ${slug === undefined ? sql`true` : sql`n.slug = ${slug}`} and ${which} order by n.slug, v.version desc`.execute(tx.db)
    return found
  }

  const asked = sql`n.withdrawn_at is null`
  const list = (tx: Tx, slug?: string): Promise<Text<N, V>[]> => newest(tx, slug)
  const given = (tx: Tx, slug?: string): Promise<Text<N, V>[]> => newest(tx, slug, asked)

  function there(found: Text<N, V> | undefined): Text<N, V> {
    if (!found) throw new NotFound()
    return found
  }

  return {
    Slug,
    Markdown: z.string().min(1, `Write the ${noun}.`).max(300_000, 'Write at most 300,000 characters.'),
    /** Each in its newest version, those that were withdrawn among them. */
    list,
    /** Those that nobody has withdrawn. */
    given,
    /** The same without their texts: these columns alone. */
    heads: <C extends Exclude<keyof Text<N, V> & string, 'id'>>(tx: Tx, ...columns: C[]): Promise<Pick<Text<N, V>, C>[]> =>
      newest(tx, undefined, asked, sql.join(columns.map((column) => sql.ref(column)))),
    /** Also one that was withdrawn. */
    get: async (tx: Tx, slug: string): Promise<Text<N, V>> => there((await list(tx, slug))[0]),
    getGiven: async (tx: Tx, slug: string): Promise<Text<N, V>> => there((await given(tx, slug))[0]),

    /**
     * One version more, of a noun that begins with it where there is none of the name; one that was withdrawn comes back. The noun's row stays locked
     * until the transaction ends, so that two publish one after the other. `body_sha256` is of the body, unless what is taken is no text of ours.
     */
    async publish(
      tx: Tx, slug: string, given: Own<V> & { readonly body_sha256?: Buffer },
      more: { readonly noun: Omit<Insertable<N>, keyof TextRow>; readonly facts: z.input<z.ZodObject<F>> },
    ): Promise<{ id: string; version: number }> {
      const { id: nounId } = await rows(tx).insertInto(nouns).values({ organization_id: tx.organizationId, id: tx.newId(), slug, ...more.noun })
        .onConflict((conflict) => conflict.columns(['organization_id', 'slug']).doUpdateSet({ withdrawn_at: null }))
        .returning('id').executeTakeFirstOrThrow() as { id: string }
      const [id, version] = [tx.newId(), await nextVersion(tx, { in: versions, of, id: nounId })]
      const { title, body, body_sha256 = hashOf(body) } = given
      await rows(tx).insertInto(versions).values({
        ...given, organization_id: tx.organizationId, id, [of]: nounId, version, body_sha256, published_at: timestampOf(tx.now),
      }).execute()
      await append(tx, published, { subjects: { [noun]: nounId }, marks: { [noun]: slug }, facts:
        { [noun]: slug, title, version, text_sha256: body_sha256.toString('hex'), ...more.facts } as z.input<typeof published.facts> })
      return { id, version }
    },

    withdrawal: (may: Permission, summary: string) => withdrawal({ noun, Slug, kind: withdrawn, may, summary }),
  }
}

interface Ending<S> { readonly noun: S; readonly Slug: z.ZodString; readonly kind: Kind; readonly may: Permission; readonly summary: string }

/** The verb by which it ends: nobody is asked for it any more; what was taken stays taken. */
const withdrawal = <S extends string>({ noun, Slug, kind, may, summary }: Ending<S>) => verb({
  name: `${noun}.withdraw`, summary, may, entries: [kind.kind], input: z.object({ [noun]: Slug } as Record<S, z.ZodString>),
  async run({ tx }, input): Promise<void> {
    const [nouns, slug]: [string, string] = [`${noun}s`, (input as Record<string, string>)[noun]!]
    const row = await rows(tx).updateTable(nouns).set({ withdrawn_at: timestampOf(tx.now) })
      .where('slug', '=', slug).where('withdrawn_at', 'is', null).returning('id').executeTakeFirst() as { id: string } | undefined
    if (!row) throw new NotFound()
    await append(tx, kind, { subjects: { [noun]: row.id }, marks: { [noun]: slug }, facts: {} })
  },
})
