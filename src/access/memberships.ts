import { sql } from 'kysely'
import { instantOf, timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { enlist, today } from './people.ts'
import './role-tables.ts'
import { inEmergency, isPermission, isRole, permissions, permissionsOf, type Permission, type Role } from './roles.ts'
import './tables.ts'

export { today }

/** What somebody is in this organisation. */
export interface Standing {
  readonly roles: readonly Role[]
  /** By roles of the organisation's own making. */
  readonly grants: readonly Permission[]
  /** Theirs for a time, as somebody's delegate or in an emergency: to be used, and not to be passed on. */
  readonly lent: readonly Permission[]
  /** When their membership ends by itself. */
  readonly until: Temporal.Instant | null
}

/**
 * Null when they are not of it, or no longer. The delegate of somebody who is away has what that person's own roles carry, and not what was
 * lent to them.
 */
export async function standingOf(tx: Tx, accountId: string): Promise<Standing | null> {
  const { rows: [row] } = await sql<StandingRow>`
    select m.roles, m.ends_at, away.roles as away_roles,
      array(select distinct unnest(permissions) from custom_roles where name = any(m.roles)) as granted,
      array(select distinct unnest(permissions) from custom_roles where name = any(away.roles)) as lent,
      exists(select from glass_breaks where account_id = m.account_id and ends_at > ${tx.now}) as emergency
    from memberships m, lateral (select array(
      select distinct unnest(a.roles) from absences join memberships a using (account_id)
      where delegate_id = m.account_id and ${underway(tx)} and ${living(tx, 'a')}
    ) as roles) away
    where account_id = ${accountId} and ${living(tx, 'm')}`.execute(tx.db)
  return row ? standingBy(row) : null
}

interface StandingRow { roles: string[]; ends_at: Date | null; away_roles: string[]; granted: string[]; lent: string[]; emergency: boolean }

function standingBy({ roles, ends_at, away_roles, granted, lent, emergency }: StandingRow): Standing {
  const passing = [...permissionsOf(away_roles), ...lent, ...emergency ? inEmergency : []]
  return {
    roles: roles.filter(isRole), grants: granted.filter(isPermission), lent: [...new Set(passing.filter(isPermission))],
    until: ends_at && instantOf(ends_at),
  }
}

/** Neither ended nor over by itself. */
export const living = (tx: Tx, memberships = 'memberships') =>
  sql<boolean>`(${sql.ref(`${memberships}.ended_at`)} is null and coalesce(${sql.ref(`${memberships}.ends_at`)} > ${tx.now}, true))`

/** Whether today, where the organisation is, is one of the days of an absence. */
export const underway = (tx: Tx) => sql<boolean>`(withdrawn_at is null and ${today(tx)} between starts_on and ends_on)`

/** What somebody was given here, built in or made here; null when they are not of it, or no longer. */
export async function rolesOf(tx: Tx, accountId: string): Promise<readonly string[] | null> {
  const row = await tx.db.selectFrom('memberships').select('roles').where('account_id', '=', accountId).where(living(tx)).executeTakeFirst()
  return row?.roles ?? null
}

export interface Terms {
  /** Who decides about the roles from now on: the desk, the identity provider at each sign-in, or its directory. */
  readonly managedBy?: 'desk' | 'provider' | 'directory'
  /** When it ends by itself. */
  readonly endsAt?: Date | null
  /** The person of the team's list whom the account is for. */
  readonly listedAs?: string | null
}

/** `isNew`: the person was not of the team before, with or without an account, so the caller appends `person.joined`. */
export async function addMember(
  tx: Tx, accountId: string, roles: readonly string[], { managedBy = 'desk', endsAt = null, listedAs = null }: Terms = {},
): Promise<{ personId: string; isNew: boolean }> {
  const row = { roles: [...roles], managed_by: managedBy, joined_at: timestampOf(tx.now), ends_at: endsAt, ended_at: null }
  await tx.db.insertInto('memberships').values({ organization_id: tx.organizationId, account_id: accountId, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'account_id']).doUpdateSet(row)).execute()
  return enlist(tx, accountId, { as: listedAs, vouchedAddress: managedBy !== 'desk' })
}

/** Everybody of this organisation, or those whose roles are asked for. */
export async function membersWith(tx: Tx, isWanted: (roles: readonly string[]) => boolean = () => true): Promise<string[]> {
  const rows = await tx.db.selectFrom('memberships').select(['account_id', 'roles']).where(living(tx)).execute()
  return rows.filter(({ roles }) => isWanted(roles)).map(({ account_id }) => account_id)
}

/** Every role that carries the permission, built in or made here. */
export async function rolesWith(tx: Tx, permission: Permission): Promise<string[]> {
  const made = await tx.db.selectFrom('custom_roles').select('name').where(sql<boolean>`${permission} = any(permissions)`).execute()
  return [...permissions[permission], ...made.map(({ name }) => name)]
}

/** Who of this organisation holds a role that carries the permission. What is only lent to somebody does not count. */
export async function holdersOf(tx: Tx, permission: Permission): Promise<string[]> {
  const made = sql`array(select name from custom_roles where ${permission} = any(permissions))`
  const rows = await tx.db.selectFrom('memberships').select('account_id').where(living(tx))
    .where(sql<boolean>`roles && (${[...permissions[permission]]}::text[] || ${made})`).orderBy('joined_at').execute()
  return rows.map(({ account_id }) => account_id)
}

export const countHolders = async (tx: Tx, permission: Permission): Promise<number> => (await holdersOf(tx, permission)).length

/** Who stands in today for those of the people who are away. */
export async function standInsFor(tx: Tx, accounts: readonly string[]): Promise<string[]> {
  if (accounts.length === 0) return []
  const rows = await tx.db.selectFrom('absences').select('delegate_id').where('account_id', 'in', accounts)
    .where('delegate_id', 'is not', null).where(underway(tx)).execute()
  return rows.map(({ delegate_id }) => delegate_id!)
}
