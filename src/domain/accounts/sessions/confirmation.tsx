import { hasPasskeyHere, PasskeyField } from '../factors/passkey-field.tsx'
import { showFactor } from '../factors/show-factor.ts'
import { Button, Carried, ErrorSummary, Field, Form, Notice, PlainLayout } from '../../../ui/index.ts'
import { stepUpField, type Confirmation, type Interrupted } from '../../../web/confirmation.ts'
import { seeOther } from '../../../web/answer.ts'
import type { Web } from '../../../web/module.ts'
import { demandConfirmed } from '../../../access/may.ts'
import type { Page } from '../../../web/page.ts'
import { confirmed } from './confirmed.ts'
import { ownPath } from './own-path.ts'
import { ownSession } from './own-session.ts'

/** Before what is dangerous, a second factor once more: a session may have been left open, or stolen. */
export const confirmation: Confirmation = {
  async show(page, given) {
    const { id, account } = await ownSession(page)
    return confirmed(page, id, await showFactor(page, account, given))
  },
  async page(page, interrupted) {
    const { hasSecondFactor, account } = await ownSession(page)
    return <ConfirmPage page={page} {...interrupted} has={hasSecondFactor} passkey={await hasPasskeyHere(page, account.id)} />
  },
}

/** Where a page that is only read goes on from: it asked for a confirmation before it could be shown. */
export function confirmationPages(web: Web): void {
  web.post('/confirm', { may: 'account.own' }, (page, posted) => {
    demandConfirmed(page.actor, 'what you asked for')
    return seeOther(page, ownPath(typeof posted['to'] === 'string' ? posted['to'] : ''))
  })
}

const ConfirmPage = ({ page, to, entered, error, has, passkey }: Interrupted & { page: Page; has: boolean; passkey: boolean }) => (
  <PlainLayout page={page} title="Confirm that it is you">
    <h1>Confirm that it is you</h1>
    <p class="lead">This takes your second factor once more. What you entered goes on with it, and nothing is asked again for ten minutes.</p>
    {has ? null : <Missing page={page} />}
    <ErrorSummary errors={error ? { [`${stepUpField}[code]`]: error } : {}} />
    <Form to={to}>
      <Carried entered={entered} />
      {passkey ? <PasskeyField name={`${stepUpField}[passkey]`} purpose="confirm" label="Use a passkey" /> : null}
      <Field name={`${stepUpField}[code]`} label="Code" autocomplete="one-time-code" optional={passkey} error={error}
        hint="The six digits that your app shows, or one of your recovery codes." />
      <Button>Confirm and go on</Button>
    </Form>
  </PlainLayout>
)

const Missing = ({ page }: { page: Page }) => (
  <Notice tone="warning" title="You have no second factor yet">
    <p>
      <a href={page.at('/me/factors')} target="_blank">Add one in a new tab</a>, then come back here and enter a code of it.
      What you entered waits on this page.
    </p>
  </Notice>
)
