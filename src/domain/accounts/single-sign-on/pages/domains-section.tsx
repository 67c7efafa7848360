import { Button, CopyText, DataTable, Field, Form, kept, PostButton, Time, type Draft } from '../../../../ui/index.ts'

interface Domain {
  domain: string
  record: { name: string; text: string }
  looked_at: string | null
  proved_at: string | null
  missing_since: string | null
  required_at: string | null
}

/** Which addresses the provider may speak for. */
export const DomainsSection = ({ domains, draft }: { domains: readonly Domain[]; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="domains">
    <h2 id="domains">Mail domains</h2>
    <p>The provider and the directory are believed about addresses in these domains, once the DNS has shown that they are yours.</p>
    {domains.length > 0 ? <DataTable caption="Mail domains" rows={domains} columns={[
      { head: 'Domain', header: true, cell: ({ domain }) => domain },
      { head: 'Proof', cell: (domain) => <Proof of={domain} /> },
      { head: 'Passwords', cell: ({ required_at }) => required_at ? 'refused: single sign-on is required' : 'accepted' },
      { head: 'Change', cell: (domain) => <Changes of={domain} /> },
    ]} /> : null}
    {domains.some(({ proved_at }) => !proved_at) ? <PostButton to="/desk/single-sign-on/domains/look">Look for the records now</PostButton> : null}
    {domains.filter(({ proved_at, missing_since }) => !proved_at || missing_since).map(({ domain, record }) => (
      <div class="stack">
        <h3>The record for {domain}</h3>
        <p>Set it where your DNS is kept, of the type TXT, and leave it there.</p>
        <CopyText text={record.name} label="its name" />
        <CopyText text={record.text} label="its text" />
      </div>
    ))}
    <Form to="/desk/single-sign-on/domains">
      <Field {...kept(draft, 'domain')} label="Domain" hint="The part after the @, such as example.org." />
      <Button look="second">Claim the domain</Button>
    </Form>
  </section>
)

const Proof = ({ of: { looked_at, proved_at, missing_since } }: { of: Domain }) => {
  if (proved_at && missing_since) return <>The record is missing since <Time at={missing_since} />. Set it again within 7 days.</>
  if (proved_at) return <>Shown since <Time at={proved_at} /></>
  return looked_at ? <>Not there yet; looked for <Time at={looked_at} /></> : <>Not looked for yet</>
}

const Changes = ({ of: { domain, proved_at, required_at } }: { of: Domain }) => {
  const address = `/desk/single-sign-on/domains/${domain}`
  return (
    <div class="actions">
      {required_at ? <PostButton to={`${address}/requirement`} values={{ required: 'no' }} look="quiet">Accept passwords again for {domain}</PostButton> : null}
      {proved_at && !required_at
        ? <PostButton to={`${address}/requirement`} values={{ required: 'yes' }} look="quiet">Require single sign-on for {domain}</PostButton> : null}
      <PostButton to={`${address}/end`} look="quiet">Give up {domain}</PostButton>
    </div>
  )
}
