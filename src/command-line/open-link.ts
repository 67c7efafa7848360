import { readSettings } from '../config/index.ts'
import { createInvitation, invitationDays } from '../domain/accounts/index.ts'
import { createLog } from '../lib/log.ts'
import { openStorage } from '../ops/storage.ts'
import { chosenOrganization } from './organization.ts'

/** `avow open-link [SLUG]`: a way in for whoever runs this machine, when no administrator is left who could invite. */
export async function openLink([slug]: readonly string[]): Promise<void> {
  const settings = readSettings(process.env)
  const storage = await openStorage(settings, { log: createLog(settings.AVOW_LOG_LEVEL), say: console.error })
  try {
    const organization = await chosenOrganization(storage.database, slug, 'open-link SLUG')
    const path = await storage.database.write(organization.id, (tx) => createInvitation(tx, ['admin'], null))
    console.log(`Whoever opens this becomes an administrator of ${organization.name}. It works once, for ${invitationDays} days:`)
    console.log(`  ${settings.AVOW_URL}/o/${organization.slug}${path}`)
  } finally { await storage.close() }
}
