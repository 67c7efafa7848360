import { openPersonal } from '../../../access/personal-box.ts'
import { endOwnSession, endSessionsOf, listSessions, type ListedSession, type Method } from '../../../access/sessions.ts'
import type { AccountRow } from '../../../access/tables.ts'
import { NotFound } from '../../../lib/errors.ts'
import { DataTable, PostButton, Time } from '../../../ui/index.ts'
import { seeOther } from '../../../web/answer.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { MePage } from '../me/me-page.tsx'
import { devicePlace, type Device } from './enter.ts'
import { freshSession, ownSession } from './own-session.ts'

const own = { may: 'account.own' } as const

/**
 * Where one is signed in, and ending it elsewhere, which takes a factor shown minutes ago: whoever sits at a browser that was left open is
 * not to sign its owner out. Whoever sees something strange is quicker with *it was not me*, which ends all of them and asks nothing.
 */
export function sessionPages(web: Web): void {
  web.get('/me/sessions', own, sessionsPage)
  web.post('/me/sessions/:session/end', own, async (page) => {
    const { id, account } = await ownSession(page)
    if (page.param('session') !== id) await freshSession(page)
    const ended = await endOwnSession(page.deps.database.global, account.id, page.param('session'))
    if (!ended) throw new NotFound('This session has ended already.')
    return seeOther(page, page.param('session') === id ? '/' : '/me/sessions')
  })
  web.post('/me/sessions/end-others', own, async (page) => {
    const { id, account } = await freshSession(page)
    const count = await endSessionsOf(page.deps.database.global, account.id, { except: id })
    page.say(count === 0 ? 'You are signed in nowhere else.' : `You are signed out in ${count === 1 ? 'one other browser' : `${count} other browsers`}.`)
    return seeOther(page, '/me/sessions')
  })
}

async function sessionsPage(page: Page) {
  const { database, sessionLimits } = page.deps
  const { id, account } = await ownSession(page)
  const sessions = await listSessions(database.global, account.id, sessionLimits)
  const rows = await Promise.all(sessions.map(async (session) => ({ ...session, here: session.id === id, device: await deviceOf(page, account, session) })))
  return <SessionsPage page={page} rows={rows} />
}

async function deviceOf({ deps }: Page, account: AccountRow, { deviceBox }: ListedSession): Promise<Device> {
  return deviceBox ? openPersonal<Device>(deps.database.keyring, account, devicePlace, deviceBox) : { browser: 'an unknown browser', place: 'an unknown place' }
}

type Row = ListedSession & { readonly here: boolean; readonly device: Device }

const SessionsPage = ({ page, rows }: { page: Page; rows: readonly Row[] }) => (
  <MePage page={page} title="Signed in" lead="Every browser in which you are signed in. The place is that of the network, no finer than a country.">
    <DataTable caption="Where you are signed in" rows={rows} columns={[
      { head: 'Browser', cell: ({ device, here }) => here ? <>{device.browser} <strong>(this one)</strong></> : device.browser, header: true },
      { head: 'Place', cell: ({ device }) => device.place },
      { head: 'Signed in', cell: ({ startedAt }) => <Time at={startedAt} zone={page.zone} /> },
      { head: 'With', cell: ({ methods }) => methods.map((method) => methodWords[method]).join(' and ') },
      { head: 'Last used', cell: ({ seenAt }) => <Time at={seenAt} zone={page.zone} /> },
      { head: 'End', cell: ({ id, device }) => <PostButton to={`/me/sessions/${id}/end`} look="quiet">Sign out {device.browser}</PostButton> },
    ]} />
    {rows.length > 1 ? <PostButton to="/me/sessions/end-others">Sign out everywhere else</PostButton> : null}
    <p class="hint">Something here is not yours? Sign it out, then <a href={page.at('/me/password')}>change your password</a>.</p>
  </MePage>
)

const methodWords: Readonly<Record<Method, string>> = {
  password: 'a password', passkey: 'a passkey', totp: 'an app’s code', 'recovery-code': 'a recovery code', sso: 'single sign-on',
}
