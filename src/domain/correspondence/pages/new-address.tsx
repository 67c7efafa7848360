import { Button, ErrorSummary, Form, PlainLayout } from '../../../ui/index.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { confirmAddress } from '../change-address.ts'
import { findAddressChange } from '../new-address.ts'

/** Of those who ask for such a link, and those who open one. */
export const addressesPerNetwork = { name: 'new address network', count: 60, perSeconds: 900 }

/** Where the link to a new address leads. Opening it changes nothing, because mail programs open links too; the button does. It tells nothing of a report. */
export function addressPages(web: Web): void {
  web.get('/track/address/:token', { may: 'public.read' }, (page) => confirmPage(page))
  web.form(confirmAddress, {
    at: 'POST /track/address/:token', limit: addressesPerNetwork, again: (page, _input, errors) => confirmPage(page, errors),
    done(_, page) {
      page.say('The address is confirmed. Our mails come to it from now on.')
      return '/track'
    },
  })
}

async function confirmPage(page: Page, errors: FieldErrors = {}) {
  await page.reading((tx) => findAddressChange(tx, page.param('token')))
  return (
    <PlainLayout page={page} title="Confirm your address">
      <h1>Confirm your address</h1>
      <p class="lead">Somebody who follows a report here asked for our mails at the address to which this link was sent. If it was you, confirm it.</p>
      <ErrorSummary errors={errors} />
      <Form to={`/track/address/${page.param('token')}`}><Button>Yes, write to me there</Button></Form>
      <p class="soft">If it was not you, close this page. Nothing changes then.</p>
    </PlainLayout>
  )
}
