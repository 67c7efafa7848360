import { Secret, TOTP } from 'otpauth'
import type { Database } from '../../src/db/database.ts'
import { activateApp, beginApp, begunApp } from '../../src/domain/accounts/factors/totp.ts'

/** An authenticator app, as somebody holds it: it has shown one code, and shows the next, which is good at once. */
export interface App { next(): string }

/** Adds an app to the account, with no page between. */
export async function addAppTo(database: Database, organizationId: string, accountId: string): Promise<App> {
  return database.write(organizationId, async (tx) => {
    const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow()
    await beginApp(tx, account)
    const { secret } = (await begunApp(tx, account, { issuer: 'Avow', label: 'a test' }))!
    const app = appWith(secret)
    await activateApp(tx, account, app.next())
    return app
  })
}

/** An app that was told this secret. Its first code is the last step's, then this one's, then the next one's: three codes are good without waiting. */
export function appWith(secret: string): App {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) })
  let behind = -1
  return { next: () => totp.generate({ timestamp: Date.now() + behind++ * 30_000 }) }
}
