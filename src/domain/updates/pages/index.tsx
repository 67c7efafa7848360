import type { Allowance } from '../../../access/attempts.ts'
import { runVerb } from '../../../verbs/run.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { listUpdates } from '../list-updates.ts'
import { confirmSubscription, endSubscription, subscribe } from '../subscribe.ts'
import { atomFeed } from './feed.ts'
import { AskedPage, DonePage, LinkPage, UpdatesPage } from './updates.tsx'

const anyone = { may: 'public.read' } as const

const perNetwork: Allowance = { name: 'subscription network', count: 60, perSeconds: 3600 }

export function updatePages(web: Web): void {
  web.get('/updates', anyone, (page) => updatesPage(page))
  web.get('/updates/feed.atom', anyone, async (page) => atomFeed(page, (await page.read(listUpdates, {})).updates))
  web.form(subscribe, {
    at: 'POST /updates', limit: perNetwork, again: updatesPage, done: (_, page) => html(AskedPage({ page })),
  })
  web.get('/updates/confirm/:token', anyone, (page) => LinkPage({ page, what: 'confirm' }))
  web.form(confirmSubscription,
    { at: 'POST /updates/confirm/:token', again: (page) => LinkPage({ page, what: 'confirm' }), done: (_, page) => html(DonePage({ page, what: 'confirm' })) })
  web.get('/updates/end/:token', anyone, (page) => LinkPage({ page, what: 'end' }))
  // One-click by RFC 8058: a mail program posts without cookies. The token is the permission, so nobody can be made to send it.
  web.receive('/updates/end/:token', anyone, async (page) => {
    await runVerb(page.deps, endSubscription, page.actor, page.organization.id, { token: page.param('token') })
    return DonePage({ page, what: 'end' })
  })
}

const updatesPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <UpdatesPage page={page} {...await page.read(listUpdates, {})} input={input} errors={errors} />
