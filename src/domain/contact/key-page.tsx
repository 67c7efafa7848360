import { Button, DataTable, DeskLayout, ErrorSummary, Form, PageHead, Time } from '../../ui/index.ts'
import type { Entered } from '../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../web/module.ts'
import type { Page } from '../../web/page.ts'
import { at } from '../../web/place.ts'
import { keyOf, publicKeyPath } from './pages.ts'
import { listOpenPgpKeys, replaceOpenPgpKey } from './replace-key.ts'

const home = '/desk/mail-key'

export function keyPages(web: Web): void {
  web.get(home, { may: 'keys.manage' }, (page) => keyPage(page))
  web.form(replaceOpenPgpKey, {
    at: `POST ${home}`, again: keyPage,
    done({ fingerprint }, page) {
      page.say(`The new key is in use: ${spaced(fingerprint)}. security.txt and the key directory show it already.`)
      return home
    },
  })
}

async function keyPage(page: Page, _input: Entered = {}, errors: FieldErrors = {}) {
  // Looked at for the first time it is made, as it is for whoever else asks for it.
  await keyOf(page)
  const { keys } = await page.read(listOpenPgpKeys, {})
  return (
    <DeskLayout page={page} title="Mail key">
      <PageHead title="Mail key" lead="The OpenPGP key of the security contact. It signs security.txt and our letters, and others encrypt their mail to it." />
      <ErrorSummary errors={errors} />
      <p><a href={at(publicKeyPath)}>The public key</a>, as everybody gets it.</p>
      <DataTable caption="Keys, the one in use first" rows={keys} columns={[
        { head: 'Fingerprint', header: true, cell: ({ fingerprint }) => <code>{spaced(fingerprint)}</code> },
        { head: 'Made', cell: ({ madeAt }) => <Time at={madeAt} zone={page.zone} /> },
        { head: 'State', cell: ({ replacedAt }) => (
          replacedAt ? <>Replaced <Time at={replacedAt} zone={page.zone} />; reads what is still encrypted to it</> : 'In use'
        ) },
      ]} />
      <section class="stack">
        <h2>Replace it</h2>
        <p>Replace the key where somebody else may have come to know its private half, or every few years. The new key is
          signed by the old one, so that those who trusted it can follow. Mail that is still encrypted to the old one is read as before.</p>
        <Form to={home}><Button look="danger">Replace the key</Button></Form>
      </section>
    </DeskLayout>
  )
}

/** In groups of four, as people compare it. */
const spaced = (fingerprint: string) => fingerprint.toUpperCase().replaceAll(/.{4}(?=.)/g, '$& ')
