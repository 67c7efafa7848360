import { Button, ErrorSummary, Field, Form, kept, PlainLayout } from '../../../../ui/index.ts'
import type { Entered } from '../../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { enter } from '../../sessions/enter.ts'
import { createOwnAccount } from '../create-account.ts'
import { openMailLink } from '../mail-links.ts'
import { lookAtReset, resetPassword } from '../reset-password.ts'
import { NewPasswordField } from './password-field.tsx'

const anyone = { may: 'public.read' } as const

/** Where mailed links lead. Opening one changes nothing, because mail programs open links too; the button does. */
export function newPasswordPages(web: Web): void {
  web.get('/sign-in/reset/:token', anyone, (page) => resetPage(page))
  web.form(resetPassword, {
    at: 'POST /sign-in/reset/:token', again: resetPage,
    done(_, page) {
      page.say('Your new password is set. Sign in with it.')
      return '/sign-in'
    },
  })
  web.get('/account/new/:token', anyone, (page) => accountPage(page))
  web.form(createOwnAccount, {
    at: 'POST /account/new/:token', again: accountPage,
    done: ({ account }, page) => enter(page, account, { method: 'password', to: '/me/reports' }),
  })
}

async function resetPage(page: Page, _input: Entered = {}, errors: FieldErrors = {}) {
  await page.reading((tx) => lookAtReset(tx, page.param('token')))
  return <ResetPage page={page} errors={errors} />
}

async function accountPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  await page.reading((tx) => openMailLink(tx, 'sign-up', page.param('token'), 'look'))
  return <AccountPage page={page} input={input} errors={errors} />
}

const ResetPage = ({ page, errors }: { page: Page; errors: FieldErrors }) => (
  <PlainLayout page={page} title="Choose a new password">
    <h1>Choose a new password</h1>
    <p class="lead">You are signed out in every browser then, and sign in with it.</p>
    <ErrorSummary errors={errors} />
    <Form to={`/sign-in/reset/${page.param('token')}`}>
      <NewPasswordField errors={errors} label="New password" />
      <Button>Set the password</Button>
    </Form>
  </PlainLayout>
)

const AccountPage = ({ page, ...draft }: { page: Page; input: Entered; errors: FieldErrors }) => (
  <PlainLayout page={page} title="Make your account">
    <h1>Make your account</h1>
    <p class="lead">It keeps your reports to {page.organization.name} together. Nobody else sees it.</p>
    <ErrorSummary errors={draft.errors} />
    <Form to={`/account/new/${page.param('token')}`}>
      <Field {...kept(draft, 'name')} label="What may we call you?" autocomplete="nickname" hint="Any name will do. It is shown to you alone." />
      <NewPasswordField errors={draft.errors} label="Password" />
      <Button>Make my account</Button>
    </Form>
  </PlainLayout>
)
