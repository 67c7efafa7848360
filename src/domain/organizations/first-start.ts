import { randomBytes } from 'node:crypto'
import { listOrganizations, type Organization } from '../../access/organizations.ts'
import type { Database } from '../../db/database.ts'
import { createInvitation, invitationDays, revokeOwnInvitations } from '../accounts/index.ts'
import { foundOrganization } from './found-organization.ts'

export interface FirstStart {
  readonly organization: Organization
  /** Path of the one-time page where the first administrator makes an account; null when there is one already. */
  readonly setUpPath: string | null
  /** True where no log origin was chosen and a random one was taken, which says nothing about who runs it. */
  readonly originIsRandom: boolean
}

/**
 * Makes sure that there is an organisation and that somebody can get in. Until somebody has, each start makes a new link and
 * ends the last one. Examples do not count.
 */
export async function firstStart(database: Database, wanted: { name: string | undefined; logOrigin: string | undefined }): Promise<FirstStart> {
  const organization = (await listOrganizations(database)).find(({ example }) => !example) ?? await foundFirst(database, wanted)
  const setUpPath = await database.write(organization.id, async (tx) => {
    if (await tx.db.selectFrom('memberships').select('account_id').limit(1).executeTakeFirst()) return null
    await revokeOwnInvitations(tx)
    return createInvitation(tx, ['admin'], null)
  })
  return { organization, setUpPath, originIsRandom: organization.logOrigin.startsWith(randomOrigin) }
}

/** What the operator is told at the end of a start, a line each. */
export function welcome({ organization, setUpPath, originIsRandom }: FirstStart, url: string): string[] {
  const lines = [`Avow is at ${url}`]
  if (setUpPath === null) return lines
  lines.push(`Make the first administrator's account (this link works once, for ${invitationDays} days; the next start makes a new one):`)
  lines.push(`  ${url}${setUpPath}`)
  if (!originIsRandom) return lines
  return [
    ...lines,
    `The log of ${organization.name} signs as ${organization.logOrigin}, a random name that never changes and says nothing about you.`,
    'To choose another, set AVOW_LOG_ORIGIN and start with an empty AVOW_DATA, before the first entry that matters.',
  ]
}

const randomOrigin = 'avow.invalid/'

const foundFirst = (database: Database, { name, logOrigin }: { name: string | undefined; logOrigin: string | undefined }) =>
  foundOrganization(database, { slug: 'main', name: name ?? 'Our organisation', logOrigin: logOrigin ?? randomOrigin + randomBytes(8).toString('hex') })
