import {
  Button, CopyText, DataTable, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Time, type Draft,
} from '../../../../ui/index.ts'
import type { Entered } from '../../../../verbs/form-input.ts'
import { html } from '../../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { SignInTabs } from '../../single-sign-on/pages/sign-in-tabs.tsx'
import { createDirectoryKey, revokeDirectoryKey } from '../directory-keys.ts'
import { readDirectory } from '../read-directory.ts'

const here = '/desk/directory'

/** How the directory reaches us, and whom it has named. */
export function directoryPages(web: Web): void {
  web.get(here, { may: 'sign-in.manage' }, (page) => directoryPage(page))
  web.form(createDirectoryKey, { at: `POST ${here}/keys`, again: directoryPage, done: ({ key }, page) => html(KeyPage({ page, secret: key })) })
  web.form(revokeDirectoryKey, { at: `POST ${here}/keys/:key/end`, again: directoryPage, done: () => here })
}

async function directoryPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { keys, people, groups } = await page.read(readDirectory, {})
  return (
    <DeskLayout page={page} title="Directory">
      <PageHead title="Directory" lead="Your identity provider says by SCIM 2.0 who is on the team. Whom it removes loses all access at once." />
      <SignInTabs here={here} />
      <ErrorSummary errors={errors} />
      <ConnectionSection page={page} keys={keys} draft={{ input: 'name' in input ? input : { days: '365' }, errors }} />
      <section class="sheet stack" aria-labelledby="people">
        <h2 id="people">Whom it has named</h2>
        {people.length === 0 ? <p>Nobody yet.</p> : <DataTable caption="People of the directory" rows={people} columns={[
          { head: 'Name', header: true, cell: ({ name }) => name },
          { head: 'Mail address', cell: ({ address }) => address },
          { head: 'Access', cell: ({ active }) => active ? 'active' : 'ended' },
          { head: 'Changed', cell: ({ changed_at }) => <Time at={changed_at} /> },
        ]} />}
        {groups.length === 0 ? null : <DataTable caption="Groups of the directory" unseenCaption={false} rows={groups} columns={[
          { head: 'Group', header: true, cell: ({ name }) => name },
          { head: 'People', end: true, cell: ({ people: n }) => n },
        ]} />}
        <p><a href={page.at('/desk/single-sign-on#groups')}>What each group may do</a></p>
      </section>
    </DeskLayout>
  )
}

interface Key { id: string; name: string; expires_at: string; used_at: string | null; revoked_at: string | null }

const ConnectionSection = ({ page, keys, draft }: { page: Page; keys: readonly Key[]; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="connection">
    <h2 id="connection">The connection</h2>
    <p>Give your identity provider this address and a key:</p>
    <CopyText text={page.address('/scim/v2')} label="the address" />
    {keys.length === 0 ? null : <DataTable caption="Keys of the directory" rows={keys} columns={[
      { head: 'For', header: true, cell: ({ name }) => name },
      { head: 'Last used', cell: ({ used_at }) => used_at ? <Time at={used_at} /> : 'never' },
      { head: 'Until', cell: (key) => key.revoked_at ? `taken back ${key.revoked_at.slice(0, 10)}` : key.expires_at.slice(0, 10) },
      { head: 'End', cell: ({ id, name, revoked_at }) => revoked_at ? null
        : <PostButton to={`${here}/keys/${id}/end`} look="quiet">Take back {name}</PostButton> },
    ]} />}
    <Form to={`${here}/keys`}>
      <Field {...kept(draft, 'name')} label="What the key is for" hint="Such as the name of your provider." />
      <Field {...kept(draft, 'days')} label="Days that it is good" type="number" />
      <Button>Make the key</Button>
    </Form>
  </section>
)

const KeyPage = ({ page, secret }: { page: Page; secret: string }) => (
  <DeskLayout page={page} title="Key of the directory">
    <PageHead title="The key is made" />
    <Notice>It is shown only now. Put it into your identity provider as the secret token of SCIM.</Notice>
    <CopyText text={secret} label="the key" />
    <p><a href={page.at(here)}>Back to the directory</a></p>
  </DeskLayout>
)
