import { Form } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { Page } from '../../../web/page.ts'
import { enter } from '../sessions/enter.ts'
import { PasskeyField } from './passkey-field.tsx'
import { takePasskey } from './passkeys.ts'

/** The passkey says whose it is and has verified its user: that is two factors, and no password is asked. */
export async function signInWithPasskey(page: Page, input: Entered): Promise<Response> {
  const accountId = await takePasskey(page, null, textOf(input, 'passkey'))
  return enter(page, accountId, { method: 'passkey', secondFactorShown: true, to: textOf(input, 'to') })
}

export const PasskeySignIn = ({ to }: { to: string }) => (
  <Form to="/sign-in/passkey">
    <input type="hidden" name="to" value={to} />
    <PasskeyField name="passkey" purpose="sign-in" label="Sign in with a passkey" />
  </Form>
)
