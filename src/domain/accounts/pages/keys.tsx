import { Button, Checkbox, CheckboxGroup, CopyText, DataTable, DeskLayout, ErrorSummary, Field, Form, Notice, PageHead, PostButton } from '../../../ui/index.ts'
import { textOf, valuesOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { createKey, listKeys, revokeKey } from '../api-keys.ts'
import { memberRoles } from '../../../access/roles.ts'
import { roleWords } from '../roles/role-words.ts'

const roleOptions = memberRoles.map((value) => ({ value, label: roleWords[value][0], hint: roleWords[value][1] }))
const machine = { value: 'machine', label: 'Machine', hint: 'Delivers the results of checks and other evidence.' }

/** The keys to the API: what each reaches, until when, and taking it back. */
export function keyPages(web: Web): void {
  web.get('/desk/keys', { may: 'keys.manage' }, (page) => keysPage(page))
  web.form(createKey, { at: 'POST /desk/keys', again: keysPage, done: ({ key }, page) => html(CreatedPage({ page, secret: key })) })
  web.form(revokeKey, { at: 'POST /desk/keys/:key/end', again: keysPage, done: () => '/desk/keys' })
}

async function keysPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { keys } = await page.read(listKeys, {})
  return (
    <DeskLayout page={page} title="Keys">
      <PageHead title="Keys" lead="For programs: the API, the command line, your build, an assistant." />
      <ErrorSummary errors={errors} />
      <DataTable caption="Keys" rows={keys} columns={[
        { head: 'For', cell: (key) => key.name, header: true },
        { head: 'Roles', cell: (key) => key.roles.join(', ') },
        { head: 'Reaches', cell: (key) => key.operations?.join(', ') ?? 'all that its roles carry' },
        { head: 'Last used', cell: (key) => key.used_at ? key.used_at.slice(0, 10) : 'never' },
        { head: 'Until', cell: (key) => key.revoked_at ? `taken back ${key.revoked_at.slice(0, 10)}` : key.expires_at.slice(0, 10) },
        { head: 'End', cell: (key) => key.revoked_at ? null : <PostButton to={`/desk/keys/${key.id}/end`} look="quiet">Take back {key.name}</PostButton> },
      ]} />
      <section class="sheet stack" aria-labelledby="new-key">
        <h2 id="new-key">Make a key</h2>
        <Form to="/desk/keys">
          <Field name="name" label="What it is for" value={textOf(input, 'name')} error={errors['name']} />
          <CheckboxGroup name="roles" label="Roles" options={[...roleOptions, machine]} values={valuesOf(input, 'roles')} error={errors['roles']} />
          <Field name="operations" label="Operations that it reaches" rows={4} optional code value={textOf(input, 'operations')} error={errors['operations']}
            hint={<>One a line, such as <code>report.list</code>. Without any: all that its roles carry, but nothing dangerous.</>} />
          <Field name="days" label="Days that it is good" type="number" value={textOf(input, 'days') || '90'} error={errors['days']} />
          <Checkbox name="assistant" label="For an AI assistant (MCP), and then for nothing else" checked={textOf(input, 'assistant') === 'yes'} />
          <Button>Make the key</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}

const CreatedPage = ({ page, secret }: { page: Page; secret: string }) => (
  <DeskLayout page={page} title="Key">
    <PageHead title="The key is made" />
    <Notice>It is shown only now. Keep it where your program keeps its secrets.</Notice>
    <CopyText text={secret} label="the key" />
  </DeskLayout>
)
