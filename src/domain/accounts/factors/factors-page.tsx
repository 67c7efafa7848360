import { deviceWords } from '../watch/device-words.ts'
import { Actions, Button, ButtonLink, DataTable, DefinitionList, ErrorSummary, Field, Form, Notice, PostButton, Time } from '../../../ui/index.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { MePage } from '../me/me-page.tsx'
import { ownSession } from '../sessions/own-session.ts'
import { ownFactors, type OwnFactors } from './own-factors.ts'
import { PasskeyField } from './passkey-field.tsx'
import type { Passkey } from './passkeys.ts'

/** What one has beside the password, and what can be added. */
export async function factorsPage(page: Page, errors: FieldErrors = {}) {
  const { account } = await ownSession(page)
  const factors = await page.reading((tx) => ownFactors(tx, account))
  return (
    <MePage page={page} title="Second factor" lead="Something that you have, beside the password that you know. One is worth nothing without the other.">
      <ErrorSummary errors={errors} />
      <Standing page={page} factors={factors} />
      <App app={factors.app} page={page} />
      <Passkeys page={page} passkeys={factors.passkeys} />
      {factors.app || factors.passkeys.length > 0 ? <Codes left={factors.codes} /> : null}
    </MePage>
  )
}

const Standing = ({ page: { actor, zone }, factors }: { page: Page; factors: OwnFactors }) => {
  if (factors.app || factors.passkeys.length > 0 || actor.kind !== 'member' || !actor.secondFactorBy) return null
  return actor.withheld
    ? <Notice tone="bad" title="Add one to go on"><p>Your team asks for a second factor, and the time to add one is over.</p></Notice>
    : (
      <Notice tone="warning" title="Add one soon">
        <p>Your team asks for a second factor. You can go without until <Time at={actor.secondFactorBy} zone={zone} dateOnly />.</p>
      </Notice>
    )
}

const App = ({ app, page: { zone } }: { app: OwnFactors['app']; page: Page }) => (
  <section class="sheet stack" aria-labelledby="app">
    <h2 id="app">Authenticator app</h2>
    <p>An app on your phone shows six digits that change every 30 seconds. Any app will do; it needs no network.</p>
    {app ? <DefinitionList of={[
      ['Added', <Time at={app.addedAt} zone={zone} dateOnly />],
      ['Last used', app.usedAt && <Time at={app.usedAt} zone={zone} />],
    ]} /> : null}
    <Actions>
      <PostButton to="/me/factors/app" look={app ? 'second' : 'first'}>{app ? 'Use another app' : 'Add an app'}</PostButton>
      {app ? <PostButton to="/me/factors/app/removal" look="quiet">Remove the app</PostButton> : null}
    </Actions>
  </section>
)

const Passkeys = ({ page, passkeys }: { page: Page; passkeys: readonly Passkey[] }) => (
  <section class="sheet stack" aria-labelledby="passkeys">
    <h2 id="passkeys">Passkeys</h2>
    <p>
      Your device or a security key answers for you, with a fingerprint, a face or a PIN. A false page cannot get it out of you, and no password is asked.
    </p>
    {passkeys.length > 0 ? <PasskeyTable zone={page.zone} passkeys={passkeys} /> : null}
    <Form to="/me/factors/passkeys">
      <Field name="name" id="passkey-name" label="Name" hint="So that you know it again." maxlength={100}
        value={deviceWords(page.request.headers.get('user-agent'))} />
      <PasskeyField name="passkey" purpose="add" label="Add a passkey" />
      <noscript><p class="hint">Passkeys need script, which is off in this browser.</p></noscript>
    </Form>
  </section>
)

const PasskeyTable = ({ passkeys, zone }: { passkeys: readonly Passkey[]; zone: string }) => (
  <DataTable caption="Your passkeys" rows={passkeys} columns={[
    { head: 'Name', cell: (one) => one.name, header: true },
    { head: 'For', cell: (one) => one.site },
    { head: 'Kept', cell: (one) => one.synced ? 'in a keychain that your devices share' : 'on one device' },
    { head: 'Added', cell: (one) => <Time at={one.addedAt} zone={zone} dateOnly /> },
    { head: 'Last used', cell: (one) => one.usedAt ? <Time at={one.usedAt} zone={zone} /> : 'never' },
    { head: 'Change', cell: (one) => (
      <Actions>
        <ButtonLink href={at(`/me/factors/passkeys/${one.id}`)} look="quiet">Rename {one.name}</ButtonLink>
        <PostButton to={`/me/factors/passkeys/${one.id}/removal`} look="quiet">Remove {one.name}</PostButton>
      </Actions>
    ) },
  ]} />
)

const Codes = ({ left }: { left: number }) => (
  <section class="sheet stack" aria-labelledby="codes">
    <h2 id="codes">Recovery codes</h2>
    <p>For the day when the phone is lost: each lets you in once, in the place of a second factor.</p>
    <p><strong>{left === 1 ? '1 is left.' : `${left} are left.`}</strong> {left < 4 ? 'Make new ones soon.' : null}</p>
    <Form to="/me/factors/codes"><Button look="second">Make ten new codes</Button></Form>
    <p class="hint">The old ones are worth nothing then.</p>
  </section>
)
