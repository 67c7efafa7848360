import { Button, Form, PlainLayout } from '../../../../ui/index.ts'
import type { Entered } from '../../../../verbs/form-input.ts'
import { ErrorSummary } from '../../../../ui/index.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { openMailLink } from '../mail-links.ts'
import { finishRecovery, refuseOwnRecovery } from '../recovery.ts'

const anyone = { may: 'public.read' } as const

/** Where the person ends the recovery of a lost factor, or stops it. Opening a link changes nothing. */
export function recoveryPages(web: Web): void {
  web.get('/sign-in/recovery/:token', anyone, (page) => finishPage(page))
  web.form(finishRecovery, {
    at: 'POST /sign-in/recovery/:token', again: finishPage,
    done(_, page) {
      page.say('Your second factor is removed. Sign in with your password, then add a new one.')
      return '/sign-in'
    },
  })
  web.get('/sign-in/recovery/:token/refuse', anyone, (page) => refusePage(page))
  web.form(refuseOwnRecovery, {
    at: 'POST /sign-in/recovery/:token/refuse', again: refusePage,
    done(_, page) {
      page.say('Stopped. Your second factor stays, and the administrators know that you did not ask for this.')
      return '/sign-in'
    },
  })
}

async function finishPage(page: Page, _input: Entered = {}, errors: FieldErrors = {}) {
  await page.reading((tx) => openMailLink(tx, 'recovery', page.param('token'), 'look'))
  return (
    <PlainLayout page={page} title="Remove your second factor">
      <h1>Remove your second factor</h1>
      <p class="lead">Every authenticator app, passkey and recovery code of your account is removed, and you are signed out everywhere.</p>
      <p>Then you sign in with your password, and add a new second factor at once.</p>
      <ErrorSummary errors={errors} />
      <Form to={`/sign-in/recovery/${page.param('token')}`}><Button look="danger">Remove my second factor</Button></Form>
      <p class="hint">You have not lost it? Then close this page, and tell an administrator.</p>
    </PlainLayout>
  )
}

async function refusePage(page: Page, _input: Entered = {}, errors: FieldErrors = {}) {
  await page.reading((tx) => openMailLink(tx, 'refuse-recovery', page.param('token'), 'look'))
  return (
    <PlainLayout page={page} title="Keep your second factor">
      <h1>Keep your second factor</h1>
      <p class="lead">An administrator says that you have lost it. If you have not, stop its removal here.</p>
      <ErrorSummary errors={errors} />
      <Form to={`/sign-in/recovery/${page.param('token')}/refuse`}><Button>I have not lost it</Button></Form>
    </PlainLayout>
  )
}
