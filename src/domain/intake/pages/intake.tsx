import { Button, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, PostButton, Time } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { addIntakeAddress, listIntakeAddresses, removeIntakeAddress } from '../addresses.ts'
import { listBroughtMessages, listWaitingMessages } from '../list-messages.ts'
import { listWays } from '../ways/way.ts'
import { BroughtIn, broughtInPages } from './brought-in.tsx'
import { quarantinePages } from './quarantine.tsx'

const home = '/desk/intake'

/** How mail comes in and how that goes, and what waits for a person. */
export function intakePages(web: Web): void {
  web.get(home, { may: 'reports.triage' }, (page) => intakePage(page))
  const done = (sentence: string) => (_: unknown, page: Page) => { page.say(sentence); return home }
  web.form(addIntakeAddress, { at: `POST ${home}/addresses`, again: intakePage, done: done('Added. Mail to it is taken from now on.') })
  web.form(removeIntakeAddress, { at: `POST ${home}/addresses/end`, again: intakePage, done: done('Removed.') })
  broughtInPages(web, intakePage)
  quarantinePages(web)
}

async function intakePage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { messages } = await page.read(listWaitingMessages, {})
  const { messages: brought } = await page.read(listBroughtMessages, {})
  const ways = await listWays(page.deps.database)
  const addresses = page.may('organization.manage') ? await page.reading(listIntakeAddresses) : null
  return (
    <DeskLayout page={page} title="Mail" live>
      <PageHead title="Mail" lead="Every mail becomes a report or part of one. What a machine cannot read waits here for a person, with its source." />
      <ErrorSummary errors={errors} />
      <section class="stack" aria-labelledby="waiting">
        <h2 id="waiting">Waiting for a person</h2>
        {messages.length === 0
          ? <Empty title="Nothing waits" text="Every mail that came could be taken apart." />
          : <Waiting messages={messages} zone={page.zone} />}
      </section>
      <BroughtIn messages={brought} zone={page.zone} errors={errors} />
      <section class="stack" aria-labelledby="ways">
        <h2 id="ways">How mail comes in</h2>
        {ways.length === 0 ? <p class="soft">Neither a mailbox nor a receiver is set up, or nothing has come yet.</p> : <Ways ways={ways} zone={page.zone} />}
      </section>
      {addresses && <Addresses addresses={addresses} draft={{ input, errors }} />}
    </DeskLayout>
  )
}

type Line = Awaited<ReturnType<typeof listWaitingMessages.run>>['messages'][number]

const Waiting = ({ messages, zone }: { messages: readonly Line[]; zone: string }) => (
  <DataTable caption="Mails that wait for a person" rows={messages} columns={[
    { head: 'Subject', header: true, cell: (one) => <a href={at(`${home}/messages/${one.message}`)}>{one.subject || 'Without a subject'}</a> },
    { head: 'Why', cell: (one) => one.why },
    { head: 'Arrived', cell: (one) => <Time at={one.at} zone={zone} /> },
  ]} />
)

const wayNames: Readonly<Record<string, string>> = { imap: 'Mailbox', smtp: 'Receiver' }

const Ways = ({ ways, zone }: { ways: Awaited<ReturnType<typeof listWays>>; zone: string }) => (
  <DataTable caption="Ways in" rows={ways} columns={[
    { head: 'Way', header: true, cell: ({ way }) => wayNames[way] ?? way },
    { head: 'Last mail', cell: ({ last_message_at: last }) => last ? <Time at={last} zone={zone} /> : 'none yet' },
    { head: 'State', cell: ({ error, error_at: when }) => error && when ? <>{error} <span class="soft"><Time at={when} zone={zone} /></span></> : 'works' },
  ]} />
)

const Addresses = ({ addresses, draft }: { addresses: readonly string[]; draft: { input: Entered; errors: FieldErrors } }) => (
  <section class="sheet stack" aria-labelledby="addresses">
    <h2 id="addresses">Addresses</h2>
    <p class="soft">Where one deployment serves several organisations, mail finds its own by these. An organisation alone needs none: the setting is enough.</p>
    <ul>
      {addresses.map((address) => (
        <li><code>{address}</code> <PostButton to={`${home}/addresses/end`} values={{ address }} look="quiet">Remove {address}</PostButton></li>
      ))}
    </ul>
    <Form to={`${home}/addresses`}>
      <Field {...kept(draft, 'address')} label="Address" type="email" />
      <Button>Add</Button>
    </Form>
  </section>
)
