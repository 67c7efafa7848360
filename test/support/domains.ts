import { lookAtDomains } from '../../src/domain/accounts/single-sign-on/look-at-domains.ts'
import type { World } from './world.ts'

/** What the DNS of these names would answer: the proof of the domain, where it was claimed. */
export const showDomain = ({ database, organization, read }: Pick<World, 'database' | 'organization' | 'read'>, domain: string): Promise<void> =>
  read((tx) => tx.db.selectFrom('sign_in_domains').select('proof').where('domain', '=', domain).executeTakeFirstOrThrow())
    .then(({ proof }) => lookAtDomains(database, organization.id, { kind: 'system', job: 'test' }, async () => [[`avow-domain=${proof}`]]))
