import type { Actor } from '../../../access/actor.ts'
import { Unauthenticated } from '../../../lib/errors.ts'
import {
  Button, ButtonLink, DefinitionList, ErrorSummary, Field, FileField, Form, kept, Notice, PageHead, PublicLayout, Time, type Draft,
} from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { addPart } from '../../reports/index.ts'
import { changeAddress } from '../change-address.ts'
import { changeKey, readReach, removeAddress } from '../reach.ts'
import { addressesPerNetwork } from './new-address.tsx'

const home = '/track/report/reach'
type Reach = Awaited<ReturnType<typeof readReach.run>>

/** How the reporter is reached: seen beside their report, changed on a page of its own. */
addPart({
  name: 'reach', on: 'track', order: 80, may: 'reports.follow',
  async draw(page, report) {
    const reach = await page.read(readReach, { report: report.id })
    return (
      <section class="stack" aria-labelledby="reach-title">
        <h2 id="reach-title">How we reach you</h2>
        <Known reach={reach} zone={page.zone} />
        <p><ButtonLink href={at(home)} look="second">Change address or key</ButtonLink></p>
      </section>
    )
  },
})

export function reachPages(web: Web): void {
  web.get(home, { may: 'reports.follow' }, (page) => reachPage(page))
  web.form(changeKey, {
    at: `POST ${home}/key`, own: ownReport, again: reachPage,
    done({ fingerprint }, page) {
      page.say(`From now on our answers are encrypted to the key ${fingerprint.toUpperCase()}.`)
      return home
    },
  })
  web.form(changeAddress, {
    at: `POST ${home}/address`, own: ownReport, limit: addressesPerNetwork, again: reachPage,
    done(_, page) {
      page.say('We mailed a link to that address. Open it within a day; until then nothing changes.')
      return home
    },
  })
  web.form(removeAddress, {
    at: `POST ${home}/address/removal`, own: ownReport, again: reachPage,
    done(_, page) {
      page.say('Your address is removed. We write you no more mails.')
      return home
    },
  })
}

const Known = ({ reach: { email, waiting, key }, zone }: { reach: Reach; zone: string }) => (
  <DefinitionList of={[
    ['Mail', email || 'We have no address of yours.'],
    ...waiting ? [['Waits for its link to be opened', <>{waiting.email}, until <Time at={waiting.until} zone={zone} /></>] as const] : [],
    ['OpenPGP key', key === null ? 'None. Our mails say only that something happened.' : key.wrong ?? <code>{key.fingerprint.toUpperCase()}</code>],
  ]} />
)

async function reachPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const reach = await page.read(readReach, ownReport(page))
  const replaces = reach.key?.fingerprint ?? ''
  const draft = { input, errors }
  return (
    <PublicLayout page={page} title="How we reach you">
      <PageHead trail={<a href={at('/track/report')}>Your report</a>} title="How we reach you" />
      <ErrorSummary errors={errors} />
      <Known reach={reach} zone={page.zone} />
      <AddressForm reach={reach} draft={draft} />
      <section class="sheet stack" aria-labelledby="key-title">
        <h2 id="key-title">{replaces ? 'Replace the OpenPGP key' : 'Give an OpenPGP key'}</h2>
        <p>With it our mails say what we wrote, encrypted to you.
          {replaces ? ' The new key takes the place of the one above, and a mail tells you so.' : null}</p>
        <Form to={`${home}/key`} files>
          <input type="hidden" name="replaces" value={replaces} />
          <Field {...kept(draft, 'key')} label="Your public key" rows={8} code optional hint="gpg --armor --export you@example.org" />
          <FileField name="key_file" label="Or its file" optional accept=".asc,.gpg,.pgp,.key,.txt" error={errors['key_file']}
            hint="With or without armor." />
          <Button>{replaces ? 'Replace the key' : 'Use this key'}</Button>
        </Form>
      </section>
      {reach.email || reach.waiting ? <Removal byMail={reach.byMail} /> : null}
    </PublicLayout>
  )
}

const AddressForm = ({ reach: { email }, draft }: { reach: Reach; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="address-title">
    <h2 id="address-title">{email ? 'Change the address' : 'Give an address'}</h2>
    <p>Our mails tell you that something happened, never what you reported. We mail a link to the address; it counts once you have opened that.
      {email ? ' The address until now gets a last mail that says that it was changed.' : null}</p>
    <Form to={`${home}/address`}>
      <Field {...kept(draft, 'email')} label={email ? 'New e-mail address' : 'E-mail address'} type="email" autocomplete="email" />
      <Button look="second">Mail me the link</Button>
    </Form>
  </section>
)

const Removal = ({ byMail }: { byMail: boolean }) => (
  <section class="sheet stack" aria-labelledby="removal-title">
    <h2 id="removal-title">Remove the address</h2>
    {byMail ? (
      <Notice tone="warning">You reported by mail and have no tracking phrase. Without an address nothing opens this report again once you leave it.</Notice>
    ) : <p>You follow the report with your tracking phrase. We forget the address, and send a last mail to it that says so.</p>}
    <Form to={`${home}/address/removal`}><Button look="danger">Remove the address</Button></Form>
  </section>
)

const ownReport = ({ actor }: Page): { report: string } => ({ report: reporterOf(actor) })

function reporterOf(actor: Actor): string {
  if (actor.kind !== 'reporter') throw new Unauthenticated('Enter your tracking phrase first.')
  return actor.reportId
}
