import { createHash } from 'node:crypto'
import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { shortName } from '../../verbs/fields.ts'
import { verb } from '../../verbs/verb.ts'
import { findGoverning, findOpenVersion, findPolicy, lockPolicy, versionsOf, type Policy } from './find.ts'
import { readPolicy } from './policy-text.ts'

export const Slug = shortName('The policy’s short name: security')
export const PolicyBody = z.string().min(1, 'Write the policy.').max(100_000, 'Write at most 100,000 characters.').describe('The policy, in Markdown')

/** Writes the next version of a policy, or rewrites it while it is not published. Rewriting takes approvals and the rehearsal back. */
export const draftPolicy = verb({
  name: 'policy.draft',
  summary: 'Write the next version of a policy, or rewrite it before it is published.',
  may: 'policies.write',
  input: z.object({
    policy: Slug,
    text: PolicyBody,
    summary: z.string().trim().max(2000).default('').describe('What changed, for readers'),
    significant: z.boolean().default(false).describe('Whether people who rely on the policy have to be told'),
    governs_reports: z.boolean().optional().describe('Whether reports are judged by this policy; the first one is taken unless said otherwise'),
  }),
  entries: [],
  async run({ tx, actor }, { policy: slug, text, summary, significant, governs_reports: governs }) {
    const { title, problems } = readPolicy(text)
    if (!title || title.length > 200) throw new Invalid({ text: titleMissing })
    const policy = await findOrAddPolicy(tx, slug, title, governs)
    const written = {
      title, body: text, body_sha256: createHash('sha256').update(text).digest(), summary, significant,
      state: 'draft' as const, drafted_by: await personBehind(tx, actor), drafted_at: timestampOf(tx.now), submitted_at: null, rehearsed_at: null,
    }
    const open = await findOpenVersion(tx, policy.id)
    if (open) {
      await tx.db.deleteFrom('policy_approvals').where('version_id', '=', open.id).execute()
      await tx.db.updateTable('policy_versions').set(written).where('id', '=', open.id).execute()
      return { policy: slug, version: open.version, problems }
    }
    const version = ((await versionsOf(tx, policy.id))[0]?.version ?? 0) + 1
    const row = { organization_id: tx.organizationId, id: tx.newId(), policy_id: policy.id, version, ...written }
    await tx.db.insertInto('policy_versions').values(row).execute()
    return { policy: slug, version, problems }
  },
})

const titleMissing = 'Begin with a heading of at most 200 characters: “# Security at Example”. It is the policy’s title.'

async function findOrAddPolicy(tx: Tx, slug: string, title: string, governs: boolean | undefined): Promise<Policy> {
  const found = await findPolicy(tx, slug)
  refuseIf(found?.withdrawn_at, 'policy_withdrawn', 'This policy was withdrawn. Choose another short name.')
  const governing = await findGoverning(tx)
  const shall = governs ?? (found ? found.governs_reports : !governing)
  refuseIf(shall && governing && governing.id !== found?.id, 'another_policy_governs_reports', `Reports are judged by the policy “${governing?.slug}”.`)
  if (found) {
    if (shall !== found.governs_reports) await tx.db.updateTable('policies').set({ governs_reports: shall }).where('id', '=', found.id).execute()
    return lockPolicy(tx, slug)
  }
  return tx.db.insertInto('policies')
    .values({ organization_id: tx.organizationId, id: tx.newId(), slug, title, governs_reports: shall, created_at: timestampOf(tx.now) })
    .returningAll().executeTakeFirstOrThrow()
}
