import { listOrganizations, type Organization } from '../access/organizations.ts'
import { readSettings } from '../config/index.ts'
import { createInvitation, invitationDays } from '../domain/accounts/index.ts'
import { createLog } from '../lib/log.ts'
import { openStorage } from '../ops/storage.ts'
import { WrongUsage } from './flags.ts'

/** `avow open-link [SLUG]`: a way in for whoever runs this machine, when no administrator is left who could invite. */
export async function openLink([slug]: readonly string[]): Promise<void> {
  const settings = readSettings(process.env)
  const storage = await openStorage(settings, { log: createLog(settings.AVOW_LOG_LEVEL), say: console.error })
  try {
    const organization = choose(await listOrganizations(storage.database), slug)
    const path = await storage.database.write(organization.id, (tx) => createInvitation(tx, ['admin'], null))
    console.log(`Whoever opens this becomes an administrator of ${organization.name}. It works once, for ${invitationDays} days:`)
    console.log(`  ${settings.AVOW_URL}/o/${organization.slug}${path}`)
  } finally { await storage.close() }
}

function choose(organizations: readonly Organization[], slug: string | undefined): Organization {
  const own = organizations.filter((one) => (slug === undefined ? !one.example : one.slug === slug))
  if (own.length !== 1) throw new WrongUsage(`Usage: avow open-link SLUG. There are: ${organizations.map((one) => one.slug).join(', ')}.`)
  return own[0]!
}
