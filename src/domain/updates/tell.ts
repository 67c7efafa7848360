import { z } from 'zod'
import { membersWith } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { newestPolicies, versionsOf, type PolicyVersion } from '../policies/index.ts'
import { policyCommunicated, usersNotified } from '../systems/index.ts'
import { openSubscriber } from './subscribe.ts'

/**
 * Tells the team of every published version, and users of those that change something for them: before it takes force, where it takes
 * force later. The entries stand beside the letters in one transaction, so that the ledger says what was done.
 */
export const tellOfPolicies = verb({
  name: 'update.tell', summary: 'Tell the team, and users who subscribed, of policies that were published and not told of yet.', may: 'people.manage',
  entries: ['policy.communicated', 'users.notified'],
  input: z.object({}),
  output: z.object({ told: z.number() }),
  async run({ tx }) {
    const news = await untold(tx)
    for (const { slug, version } of news) await tell(tx, slug, version)
    return { told: news.length }
  },
})

async function untold(tx: Tx): Promise<{ slug: string; version: PolicyVersion }[]> {
  const told = new Set((await tx.db.selectFrom('policy_notices').select('version_id').execute()).map(({ version_id }) => version_id))
  const newest = (await newestPolicies(tx)).filter(({ id }) => !told.has(id))
  return Promise.all(newest.map(async ({ slug, id, policyId }) => ({ slug, version: (await versionsOf(tx, policyId)).find((one) => one.id === id)! })))
}

async function tell(tx: Tx, slug: string, version: PolicyVersion): Promise<void> {
  const accounts = await membersWith(tx)
  await post(tx, { to: { accounts }, subject: `Policy: ${version.title}`, text: letter(slug, version) })
  const told = (reference: string) =>
    ({ subjects: { policy: version.policy_id }, marks: {}, facts: { note: `version ${version.version}`, reference }, vouch: 'machine' as const })
  await append(tx, policyCommunicated, told(`${accounts.length} members`))
  const isChange = version.significant && version.version > 1
  const users = isChange ? await tellUsers(tx, slug, version) : 0
  if (isChange) await append(tx, usersNotified, told(`${users} subscribers, and the feed`))
  await tx.db.insertInto('policy_notices')
    .values({ organization_id: tx.organizationId, version_id: version.id, told_at: timestampOf(tx.now), team: accounts.length, users }).execute()
}

async function tellUsers(tx: Tx, slug: string, version: PolicyVersion): Promise<number> {
  const rows = await tx.db.selectFrom('subscribers').selectAll().where('confirmed_at', 'is not', null).execute()
  for (const row of rows) {
    const { address, token } = await openSubscriber(tx, row)
    const end = `/updates/end/${token}`
    await post(tx, {
      to: { address, keyId: row.key_id }, subject: `Changed: ${version.title}`, unsubscribe: end,
      text: `${letter(slug, version)}\n\nYou asked to be told of changes. To be told no more:\n\n{link:${end}}`,
    })
  }
  return rows.length
}

/** A policy is public, so that its title and what changed may stand in a mail. */
const letter = (slug: string, { title, version, summary, in_force_at: at }: PolicyVersion) => [
  version === 1 ? `“${title}” was published.` : `“${title}” has changed: this is version ${version}. It takes force on ${at!.toISOString().slice(0, 10)}.`,
  ...summary ? [summary] : [],
  version === 1 ? `{link:/policies/${slug}}` : `What has changed, word by word:\n\n{link:/policies/${slug}/versions/${version}/changes}`,
].join('\n\n')
