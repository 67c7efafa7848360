import { sql, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { activeFactor } from './factors.ts'
import type { AccountRow } from './tables.ts'
import { newToken, tokenHash } from './tokens.ts'
import './tables.ts'

/** What was shown on the way in. A passkey that verified its user is both factors at once. */
export type Method = 'password' | 'passkey' | 'totp' | 'recovery-code' | 'sso'
/** At `second-factor` the first was right and nothing is open yet. */
export type Stage = 'second-factor' | 'entered'

/** Unused for so long, a session ends; however much it is used, it ends after the second. docs/operate/sign-in.md says why so long. */
export interface SessionLimits { readonly idleMinutes: number; readonly absoluteHours: number }
export const standardLimits: SessionLimits = { idleMinutes: 8 * 60, absoluteHours: 7 * 24 }

/** For so long after a second factor was shown, what is dangerous does not ask again. */
const freshMs = 10 * 60_000

export interface Session {
  readonly id: string
  readonly stage: Stage
  readonly methods: readonly Method[]
  /** A second factor was shown in the last minutes. */
  readonly confirmed: boolean
  /** A second factor was shown at some time in this session, here or to the provider of single sign-on. */
  readonly secondFactorShown: boolean
  readonly hasSecondFactor: boolean
  /** It began within the last minutes. */
  readonly justBegan: boolean
  /** The organisation that it opens, and no other; null: every one. */
  readonly onlyFor: string | null
  readonly account: AccountRow
}

export interface NewSession {
  readonly methods: readonly Method[]
  readonly stage?: Stage
  /** Whether a second factor was shown just now. */
  readonly confirmed?: boolean
  /** When, if that was earlier. */
  readonly confirmedAt?: Date
  readonly deviceBox?: Buffer
  /** The organisation whose provider let the person in; the session opens no other. */
  readonly onlyFor?: string
}

/** A new session; the answer is the token for the cookie, which is kept nowhere else. Signing in always makes a new one. */
export async function startSession(db: Kysely<Tables>, accountId: string, how: NewSession, limits = standardLimits): Promise<string> {
  const token = newToken()
  const now = new Date()
  await db.insertInto('sessions').values({
    token_hash: tokenHash(token), account_id: accountId, created_at: now, seen_at: now, expires_at: new Date(now.getTime() + limits.absoluteHours * 3_600_000),
    stage: how.stage ?? 'entered', methods: [...how.methods], confirmed_at: how.confirmed ? how.confirmedAt ?? now : null,
    device_box: how.deviceBox ?? null, only_for: how.onlyFor ?? null,
  }).execute()
  return token
}

/** Every column by its name, so that the statement of every request stays prepared. */
const accountColumns = ([
  'id', 'key_epoch', 'wrapped_key', 'identity_box', 'address_epoch', 'address_hash', 'password_hash', 'password_set_at', 'password_rules',
  'factors_removed_at', 'created_at', 'disabled_at',
] as const satisfies (keyof AccountRow)[]).map((name) => `accounts.${name}` as const)

/** The living session of this token, at whatever stage. Finding it counts as use. */
export async function findSession(db: Kysely<Tables>, token: string, limits = standardLimits): Promise<Session | null> {
  const row = await living(db, limits).innerJoin('accounts', 'accounts.id', 'sessions.account_id').select(accountColumns)
    .select(['sessions.id as session_id', 'stage', 'methods', 'confirmed_at', 'seen_at', 'sessions.created_at as began_at', 'only_for'])
    .select(activeFactor.as('has_second_factor')).where('token_hash', '=', tokenHash(token)).where('disabled_at', 'is', null).executeTakeFirst()
  if (!row) return null
  const { session_id: id, stage, methods, confirmed_at, seen_at, began_at, only_for: onlyFor, has_second_factor: hasSecondFactor, ...account } = row
  if (Date.now() - seen_at.getTime() > 60_000) await touch(db, id)
  const fresh = (at: Date | null) => at !== null && Date.now() - at.getTime() < freshMs
  return {
    id, stage, methods, onlyFor, account, hasSecondFactor, justBegan: fresh(began_at), confirmed: fresh(confirmed_at), secondFactorShown: confirmed_at !== null,
  }
}

/** The account that is signed in with this token; null where it is not, or not wholly yet. */
export async function sessionAccount(db: Kysely<Tables>, token: string, limits = standardLimits): Promise<AccountRow | null> {
  const session = await findSession(db, token, limits)
  return session?.stage === 'entered' ? session.account : null
}

/** A second factor was shown in this session: it is entered, and confirmed for some minutes. The answer is its new token; the old one is worth nothing. */
export async function confirmSession(db: Kysely<Tables>, id: string, method: Method): Promise<string> {
  const token = newToken()
  await db.updateTable('sessions').where('id', '=', id)
    .set({ token_hash: tokenHash(token), stage: 'entered', confirmed_at: sql<Date>`now()`, methods: sql<Method[]>`array_append(methods, ${method})` }).execute()
  return token
}

export interface ListedSession {
  readonly id: string
  readonly methods: readonly Method[]
  readonly startedAt: Date
  readonly seenAt: Date
  readonly deviceBox: Buffer | null
}

/** Where this person is signed in, last used first. */
export async function listSessions(db: Kysely<Tables>, accountId: string, limits = standardLimits): Promise<ListedSession[]> {
  const rows = await living(db, limits).select(['sessions.id', 'methods', 'sessions.created_at', 'seen_at', 'device_box'])
    .where('account_id', '=', accountId).where('stage', '=', 'entered').orderBy('seen_at', 'desc').execute()
  return rows.map((row) => ({ id: row.id, methods: row.methods, startedAt: row.created_at, seenAt: row.seen_at, deviceBox: row.device_box }))
}

export const endSession = (db: Kysely<Tables>, token: string) => db.deleteFrom('sessions').where('token_hash', '=', tokenHash(token)).execute()

/** Ends one session of this person; whether there was one. */
export async function endOwnSession(db: Kysely<Tables>, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('sessions').where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends every session of this person but the one that is excepted. How many there were. */
export async function endSessionsOf(db: Kysely<Tables>, accountId: string, { except }: { except?: string } = {}): Promise<number> {
  const all = db.deleteFrom('sessions').where('account_id', '=', accountId)
  const { numDeletedRows } = await (except === undefined ? all : all.where('id', '<>', except)).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes what has ended by itself, however long the operator lets a session rest (a day at most). For the hourly job. */
export async function sweepSessions(db: Kysely<Tables>): Promise<void> {
  await db.deleteFrom('sessions').where((is) => is.or([
    is('expires_at', '<', sql<Date>`now()`), is('seen_at', '<', sql<Date>`now() - interval '1 day'`),
  ])).execute()
}

/** A session that waits for its second factor waits for minutes, not for days. */
const living = (db: Kysely<Tables>, { idleMinutes }: SessionLimits) => db.selectFrom('sessions')
  .where('expires_at', '>', sql<Date>`now()`)
  .where('seen_at', '>', sql<Date>`now() - make_interval(mins => case stage when 'entered' then ${idleMinutes}::int else 15 end)`)

const touch = (db: Kysely<Tables>, id: string) => db.updateTable('sessions').set({ seen_at: sql<Date>`now()` }).where('id', '=', id).execute()
