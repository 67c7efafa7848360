import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import { siteOf, type Purpose } from './passkey-questions.ts'

interface Props { name: string; purpose: Purpose; label: string }

/**
 * The button with which a browser is asked for a passkey, inside a form that has this field. It comes with script, and only where the
 * browser knows passkeys: the answer goes into the field, and the form is sent.
 */
export const PasskeyField = ({ name, purpose, label }: Props) => (
  <div class="field" data-passkey={purpose} data-question={at(`/passkeys/${purpose}`)} hidden>
    <input type="hidden" name={name} />
    <button type="button" class="button button-second">{label}</button>
    <p class="field-error" role="status"></p>
  </div>
)

/** Whether this person has a passkey that works on this host. */
export async function hasPasskeyHere(page: Page, accountId: string): Promise<boolean> {
  const row = await page.deps.database.global.selectFrom('passkeys').select('id')
    .where('account_id', '=', accountId).where('rp_id', '=', siteOf(page).rpID).limit(1).executeTakeFirst()
  return row !== undefined
}
