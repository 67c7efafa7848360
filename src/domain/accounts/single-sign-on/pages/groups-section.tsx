import { memberRoles } from '../../../../access/roles.ts'
import '../../../../access/role-tables.ts'
import type { Tx } from '../../../../db/tx.ts'
import { Button, CheckboxGroup, DataTable, Field, Form, kept, PostButton, type Draft, type Option } from '../../../../ui/index.ts'
import { valuesOf } from '../../../../verbs/form-input.ts'
import { roleWords } from '../../roles/role-words.ts'

interface GroupRoles { group: string; roles: string[] }

/** Built in, and of the organisation's own making. Auditors are invited, each until a day. */
export async function listRoles(tx: Tx): Promise<Option[]> {
  const made = await tx.db.selectFrom('custom_roles').select('name').orderBy('name').execute()
  const given = memberRoles.filter((role) => role !== 'auditor').map((role) => ({ value: role, label: roleWords[role][0], hint: roleWords[role][1] }))
  return [...given, ...made.map(({ name }) => ({ value: name, label: name }))]
}

/** Who is let in, and as what. */
export const GroupsSection = ({ groups, roles, draft }: { groups: readonly GroupRoles[]; roles: readonly Option[]; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="groups">
    <h2 id="groups">Who is let in, and as what</h2>
    <p>Whoever is in one of these groups becomes a member at their first sign-in, or when the directory names them. Roles that were given at the
      desk stay as they are.</p>
    {groups.length > 0 ? <DataTable caption="Groups and their roles" rows={groups} columns={[
      { head: 'Group', header: true, cell: ({ group }) => group || 'Everybody in your domains' },
      { head: 'Roles', cell: (row) => row.roles.map((role) => roles.find(({ value }) => value === role)?.label ?? role).join(', ') },
      { head: 'End', cell: ({ group }) => (
        <PostButton to="/desk/single-sign-on/groups" values={{ group }} look="quiet">{group ? `No roles for ${group}` : 'No roles for everybody'}</PostButton>
      ) },
    ]} /> : <p>Nobody yet: only people who were invited can sign in.</p>}
    <Form to="/desk/single-sign-on/groups">
      <Field {...kept(draft, 'group')} label="Group" optional hint="Its name or id, as the provider writes it. Empty: everybody in your domains." />
      <CheckboxGroup name="roles" label="Roles" options={roles} values={valuesOf(draft.input, 'roles')} error={draft.errors?.['roles']} />
      <Button look="second">Set the roles</Button>
    </Form>
  </section>
)
