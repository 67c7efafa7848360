import { sql } from 'kysely'
import { living } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import { inAudience } from '../obligations/index.ts'
import type { Audience } from '../people/index.ts'
import { readPromises, type Promises } from '../policies/index.ts'

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
export async function askedFor(tx: Tx, promises?: Promises): Promise<Asked[]> {
  const rows = tx.db.selectFrom('policy_audiences').select(['policy_id', 'roles', 'countries', 'every_version']).execute()
  const [{ policies, about }, audiences, significant] = await Promise.all([promises ?? readPromises(tx), rows, lastSignificant(tx)])
  const said = new Map(audiences.map((row) => [row.policy_id, row]))
  const wanted = about('policy.accepted').length > 0 ? policies : policies.filter(({ policyId }) => said.has(policyId))
  return wanted.map(({ policyId, id, slug, title, version, text_sha256 }) => {
    const { roles = [], countries = [], every_version: every = true } = said.get(policyId) ?? {}
    const asked = every ? { versionId: id, version, text_sha256 } : significant.get(policyId)!
    return { policyId, slug, title, ...asked, roles, countries }
  })
}

/** Of each policy the newest version that changed something for its readers; the first one did. */
async function lastSignificant(tx: Tx): Promise<Map<string, Pick<Asked, 'versionId' | 'version' | 'text_sha256'>>> {
  const rows = await tx.db.selectFrom('policy_versions').select(['policy_id', 'id', 'version', 'body_sha256']).distinctOn('policy_id')
    .where('state', '=', 'published').where((is) => is.or([is('significant', '=', true), is('version', '=', 1)]))
    .orderBy('policy_id').orderBy('version', 'desc').execute()
  return new Map(rows.map(({ policy_id, id, version, body_sha256: sha256 }) => [policy_id, { versionId: id, version, text_sha256: sha256.toString('hex') }]))
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
