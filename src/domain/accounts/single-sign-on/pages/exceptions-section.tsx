import { sql } from 'kysely'
import { identityOf } from '../../../../access/accounts.ts'
import type { Tx } from '../../../../db/tx.ts'
import { Button, DataTable, Form, kept, PostButton, Select, Time, type Draft, type Option } from '../../../../ui/index.ts'

interface Exception { person: string; name: string; named_at: string }

export async function listAdministrators(tx: Tx): Promise<Option[]> {
  const rows = await tx.db.selectFrom('memberships').innerJoin('accounts', 'accounts.id', 'account_id').selectAll('accounts')
    .where('ended_at', 'is', null).where(sql<boolean>`'admin' = any(roles)`).orderBy('joined_at').execute()
  return Promise.all(rows.map(async (row) => ({ value: row.id, label: (await identityOf(tx.keyring, row)).name })))
}

interface Props { exceptions: readonly Exception[]; administrators: readonly Option[]; draft: Draft }

/** Who can still enter when the provider is down. */
export const ExceptionsSection = ({ exceptions, administrators, draft }: Props) => {
  const left = administrators.filter(({ value }) => !exceptions.some(({ person }) => person === value))
  return (
    <section class="sheet stack" aria-labelledby="exceptions">
      <h2 id="exceptions">When the provider is down</h2>
      <p>These administrators may enter with a password and their second factor although single sign-on is required. Each time, all
        administrators get a mail.</p>
      {exceptions.length > 0 ? <DataTable caption="Exceptions" rows={exceptions} columns={[
        { head: 'Name', header: true, cell: ({ name }) => name },
        { head: 'Since', cell: ({ named_at }) => <Time at={named_at} /> },
        { head: 'End', cell: ({ person, name }) => (
          <PostButton to={`/desk/single-sign-on/exceptions/${person}/end`} look="quiet">End the exception for {name}</PostButton>
        ) },
      ]} /> : <p>Nobody yet.</p>}
      {left.length > 0 ? (
        <Form to="/desk/single-sign-on/exceptions">
          <Select {...kept(draft, 'person')} label="Administrator" options={left} placeholder="Choose" />
          <Button look="second">Name the exception</Button>
        </Form>
      ) : null}
    </section>
  )
}
