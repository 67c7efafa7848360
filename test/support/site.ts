import { setTimeout as pause } from 'node:timers/promises'
import { modules } from '../../src/app.ts'
import { createAccount } from '../../src/access/accounts.ts'
import type { Actor } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { startSession } from '../../src/access/sessions.ts'
import { connectAvow } from '../../src/domain/systems/index.ts'
import { findKind, startSequencer } from '../../src/ledger/index.ts'
import { developmentMail } from '../../src/mail/pages.tsx'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { listening } from './browser.ts'
import { addAppTo } from './second-factor.ts'
import { world, type World, type WorldOptions } from './world.ts'

export interface Site extends World {
  /** Where the first organisation's pages are. */
  readonly home: string
  /** The cookie that opens the desk to Grace, an administrator. Signing in has tests of its own. */
  readonly pass: { name: string; value: string; url: string }
  readonly grace: Actor
  /** Until the sequencer has given every entry its place. To sequence here would be a second signer, which the ledger refuses. */
  settled(): Promise<void>
}

/** The whole application in a world, served on this machine, with its sequencer at work, and what Avow feeds connected as at every start. */
/** `host`: the name under which browsers come, where it is not the address. */
export async function site({ host = '127.0.0.1', ...options }: WorldOptions & { host?: string } = {}): Promise<Site> {
  const w = await world(options)
  const { grace, session } = await signedInGrace(w)
  const all = [...modules, developmentMail]
  const operations = registry(all, (kind) => findKind(kind) !== undefined)
  await connectAvow(w.database, w.organization.id, operations.verbs)
  const served = await listening((request) => web.fetch(request))
  const courseOrigin = served.origin.replace('127.0.0.1', 'courses.localhost')
  const web = createWeb({
    database: w.database, modules: all, operations, publicUrl: served.origin.replace('127.0.0.1', host), courseOrigin, privateNetwork: true,
    log: { error: console.error },
  })
  const sequencer = startSequencer(w.database)
  return {
    ...w, grace, home: `${served.origin}/o/${w.organization.slug}`, pass: { name: 'avow-session', value: session, url: served.origin },
    async settled() {
      for (let left = 200; left > 0; left--) {
        if (!await w.read((tx) => tx.db.selectFrom('pending').select('seq').limit(1).executeTakeFirst())) return
        await pause(50)
      }
      throw new Error('The sequencer leaves entries waiting.')
    },
    async close() {
      await served.close()
      await sequencer.stop()
      await w.close()
    },
  }
}

/** An administrator with a second factor, which was shown a moment ago. */
async function signedInGrace({ database, organization }: World): Promise<{ grace: Actor; session: string }> {
  const accountId = await createAccount(database.global, database.keyring, { name: 'Grace Okoro', address: 'grace@example.org' }, null)
  await database.write(organization.id, (tx) => addMember(tx, accountId, ['admin']))
  await addAppTo(database, organization.id, accountId)
  const session = await startSession(database.global, accountId, { methods: ['password', 'totp'], confirmed: true })
  return { grace: { kind: 'member', accountId, personName: 'Grace Okoro', roles: ['admin'], confirmed: true }, session }
}
