import { grantable } from '../../../../access/roles.ts'
import { Button, CheckboxGroup, DataTable, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, PostButton, type Draft } from '../../../../ui/index.ts'
import { valuesOf, type Entered } from '../../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { at } from '../../../../web/place.ts'
import { defineRole, listRoles, removeRole } from '../custom-roles.ts'
import { permissionWords, roleLabel } from '../role-words.ts'

/** What each role carries, and roles of one's own. */
export function rolePages(web: Web): void {
  web.get('/desk/roles', { may: 'access.manage' }, (page) => rolesPage(page))
  web.form(defineRole, {
    at: 'POST /desk/roles', again: rolesPage,
    done(_, page, { name }) {
      page.say(`The role ${name} is made.`)
      return '/desk/roles'
    },
  })
  web.form(removeRole, { at: 'POST /desk/roles/:name/end', again: rolesPage, done: () => '/desk/roles' })
}

async function rolesPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const { roles } = await page.read(listRoles, {})
  return (
    <DeskLayout page={page} title="Roles">
      <PageHead title="Roles" lead="What each of them may do. A person can hold several." trail={<a href={at('/desk/members')}>Members</a>} />
      <ErrorSummary errors={errors} />
      <DataTable caption="Roles" rows={roles} columns={[
        { head: 'Role', cell: ({ name }) => roleLabel(name), header: true },
        { head: 'May', cell: ({ permissions }) => permissions.map(permissionWords).join(' · ') },
        { head: 'Held by', cell: ({ holders }) => (holders === 1 ? '1 person' : `${holders} people`) },
        { head: 'Remove', cell: ({ name, own, holders }) => own && holders === 0
          ? <PostButton to={`/desk/roles/${name}/end`} look="quiet">Remove {name}</PostButton> : null },
      ]} />
      <NewRole mine={grantable.filter((one) => page.may(one))} draft={{ input, errors }} />
    </DeskLayout>
  )
}

const NewRole = ({ mine, draft }: { mine: readonly string[]; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="new-role">
    <h2 id="new-role">A role of your own</h2>
    <p>Only what you may do yourself can be in it. A name that is there already gets these permissions instead.</p>
    <Form to="/desk/roles">
      <Field {...kept(draft, 'name')} label="Name" hint="Small letters, digits and hyphens: code-reviewer." />
      <CheckboxGroup name="permissions" label="It may" values={valuesOf(draft.input, 'permissions')} error={draft.errors?.['permissions']}
        options={mine.map((value) => ({ value, label: permissionWords(value) }))} />
      <Button>Make the role</Button>
    </Form>
  </section>
)
