import { Button, Checkbox, CopyText, Field, Form, kept, PostButton, type Draft } from '../../../../ui/index.ts'
import { textOf, type Entered } from '../../../../verbs/form-input.ts'
import type { Page } from '../../../../web/page.ts'
import { callbackPath } from '../provider.ts'

interface Shown { name: string; issuer: string; client_id: string; groups_claim: string; trusts_second_factor: boolean }

/** Where the provider is, and what it knows us by. The secret goes in and never comes out. */
export const ProviderSection = ({ page, provider, people, draft }: { page: Page; provider: Shown | null; people: number; draft: Draft }) => {
  const filled = { ...draft, input: draft.input && 'issuer' in draft.input ? draft.input : enteredOf(provider) }
  return (
    <section class="sheet stack" aria-labelledby="provider">
      <h2 id="provider">The provider</h2>
      {provider ? <p>{peopleWords(provider.name, people)}</p> : <p>Any provider of OpenID Connect: Entra ID, Google Workspace, Okta, Keycloak and others.</p>}
      <p>Register Avow there as a web application with a client secret, and give it this address to send people back to:</p>
      <CopyText text={page.address(callbackPath)} label="the address" />
      <Form to="/desk/single-sign-on/provider">
        <Field {...kept(filled, 'name')} label="What your people call it" hint="The button says: Sign in with …" />
        <Field {...kept(filled, 'issuer')} label="Issuer" type="url" hint="Such as https://login.example.org, exactly as the provider writes it." />
        <Field {...kept(filled, 'client_id')} label="Client ID" />
        <Field name="client_secret" label="Client secret" type="password" autocomplete="off" optional={provider !== null}
          error={draft.errors?.['client_secret']}
          hint={provider ? 'Leave it empty to keep the one that is there. It is never shown again.' : 'It is stored encrypted and never shown again.'} />
        <Field {...kept(filled, 'groups_claim')} label="Claim with the groups" hint="Most providers call it groups." />
        <Checkbox name="trusts_second_factor" label="Take its word for the second factor" checked={textOf(filled.input, 'trusts_second_factor') === 'yes'}
          hint="Where it says that it asked for several factors, we ask for none. Otherwise we ask for ours as well." />
        <Button>{provider ? 'Change the provider' : 'Set the provider'}</Button>
      </Form>
      {provider ? <PostButton to="/desk/single-sign-on/provider/end" look="danger">Remove the provider</PostButton> : null}
    </section>
  )
}

const peopleWords = (name: string, people: number) =>
  people === 0 ? `Nobody has signed in by ${name} yet.` : `${people === 1 ? 'One person has' : `${people} people have`} signed in by ${name} so far.`

const enteredOf = (provider: Shown | null): Entered => provider
  ? { name: provider.name, issuer: provider.issuer, client_id: provider.client_id, groups_claim: provider.groups_claim,
    trusts_second_factor: provider.trusts_second_factor ? 'yes' : '' }
  : { groups_claim: 'groups' }
