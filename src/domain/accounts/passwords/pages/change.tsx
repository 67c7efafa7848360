import type { Allowance } from '../../../../access/attempts.ts'
import { hasSecondFactor } from '../../../../access/factors.ts'
import { demandConfirmed } from '../../../../access/may.ts'
import { Button, ErrorSummary, Field, Form } from '../../../../ui/index.ts'
import type { Entered } from '../../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { at } from '../../../../web/place.ts'
import { MePage } from '../../me/me-page.tsx'
import { changePassword } from '../change-password.ts'
import { NewPasswordField } from './password-field.tsx'

const changesPerNetwork: Allowance = { name: 'password change network', count: 30, perSeconds: 900 }

/** One's own password: the new one, in exchange for the one that is. */
export function changePages(web: Web): void {
  web.get('/me/password', { may: 'account.own' }, async (page) => {
    await demandFactor(page)
    return changePage(page)
  })
  web.form(changePassword, {
    at: 'POST /me/password', limit: changesPerNetwork, again: changePage,
    done(_, page) {
      page.say('Your new password is set. In every other browser you are signed out.')
      return page.actor.kind === 'member' ? '/me' : '/me/reports'
    },
  })
}

/** Asked for before the form is shown, not after it was sent: no page ever carries a password that was typed. */
async function demandFactor({ actor, deps }: Page): Promise<void> {
  if (actor.kind !== 'member' && actor.kind !== 'person') return
  if (await hasSecondFactor(deps.database.global, actor.accountId)) demandConfirmed(actor, changePassword.name)
}

function changePage(page: Page, _input: Entered = {}, errors: FieldErrors = {}) {
  return (
    <MePage page={page} title="Your password" lead="It never expires. Change it when somebody else may know it.">
      <ErrorSummary errors={errors} />
      <Form to="/me/password">
        <Field name="current" label="The password that you have now" type="password" autocomplete="current-password" error={errors['current']} />
        <NewPasswordField errors={errors} label="New password" />
        <Button>Set the password</Button>
      </Form>
      <p class="hint">You do not know it any more? <a href={at('/sign-in/forgotten')}>Choose a new one by mail</a>.</p>
    </MePage>
  )
}
