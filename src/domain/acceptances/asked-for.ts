import { sql } from 'kysely'
import { living } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import { inAudience } from '../obligations/index.ts'
import type { Audience } from '../people/index.ts'
import { commitmentsIn, newestTexts } from '../policies/index.ts'

/** A version that people have to accept, and who. */
export interface Asked extends Audience {
  readonly policyId: string
  readonly versionId: string
  readonly slug: string
  readonly title: string
  readonly version: number
  readonly text_sha256: string
}

/**
 * The versions that have to be accepted now. A policy is asked for where somebody said by whom; all of them are, as soon as a
 * promise in force speaks of accepting policies. A version without a significant change keeps the acceptance of the one before.
 */
export async function askedFor(tx: Tx): Promise<Asked[]> {
  const texts = await newestTexts(tx)
  const audiences = new Map((await tx.db.selectFrom('policy_audiences').selectAll().execute()).map((row) => [row.policy_id, row]))
  const promised = texts.some((text) => commitmentsIn(text).some(({ mentions }) => mentions.some(({ kind }) => kind === 'policy.accepted')))
  const wanted = texts.filter(({ policyId }) => promised || audiences.has(policyId))
  return Promise.all(wanted.map(async ({ policyId, id, slug, title, version, text_sha256 }) => {
    const { roles = [], countries = [], every_version: every = true } = audiences.get(policyId) ?? {}
    const asked = every ? { id, version, text_sha256 } : await lastSignificant(tx, policyId, version)
    return { policyId, versionId: asked.id, slug, title, version: asked.version, text_sha256: asked.text_sha256, roles, countries }
  }))
}

/** The newest version up to this one that changed something for its readers; the first one did. */
async function lastSignificant(tx: Tx, policyId: string, upTo: number): Promise<{ id: string; version: number; text_sha256: string }> {
  const row = await tx.db.selectFrom('policy_versions').select(['id', 'version', 'body_sha256']).where('policy_id', '=', policyId)
    .where('state', '=', 'published')
    .where('version', '<=', upTo).where((where) => where.or([where('significant', '=', true), where('version', '=', 1)]))
    .orderBy('version', 'desc').limit(1).executeTakeFirstOrThrow()
  return { id: row.id, version: row.version, text_sha256: row.body_sha256.toString('hex') }
}

/**
 * As SQL, whoever has to accept which of these versions: `person_id, account_id, joined_at, version_id, policy_id`, and from when they were asked
 * `asked_at, accepted_at, entry_id`.
 */
export const asking = (tx: Tx, asked: readonly Asked[]) => sql`(
  select team.person_id, team.account_id, team.joined_at, v."versionId" as version_id, v."policyId" as policy_id, a.asked_at, a.accepted_at, a.entry_id
  from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as v ("versionId" uuid, "policyId" uuid, roles text[], countries text[])
    join (select p.id as person_id, p.account_id, p.joined_at, p.country, m.roles from people p
      join memberships m on m.account_id = p.account_id and ${living(tx, 'm')} where p.joined_at is not null and p.left_at is null) team on ${inAudience('v')}
    left join acceptances a on a.version_id = v."versionId" and a.person_id = team.person_id) asking`
