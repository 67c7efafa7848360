import { memberRoles } from '../../../../access/roles.ts'
import { CheckboxGroup, Field, kept, type Draft, type Option } from '../../../../ui/index.ts'
import { valuesOf } from '../../../../verbs/form-input.ts'
import type { Page } from '../../../../web/page.ts'
import { listRoles } from '../custom-roles.ts'
import { permissionWords, roleWords } from '../role-words.ts'

/** Every role that a person can be given here. */
export async function roleOptions(page: Page): Promise<Option[]> {
  const { roles } = await page.read(listRoles, {})
  const made = roles.filter(({ own }) => own)
    .map(({ name, permissions }) => ({ value: name, label: name, hint: permissions.map(permissionWords).join(' · ') }))
  return [...memberRoles.map((value) => ({ value, label: roleWords[value][0], hint: roleWords[value][1] })), ...made]
}

interface Props { options: readonly Option[]; draft: Draft; roles?: readonly string[]; until?: string | null }

/** What somebody may do, and until when. */
export const RoleFields = ({ options, draft, roles = [], until }: Props) => (
  <>
    <CheckboxGroup name="roles" label="Roles" options={options} values={draft.input ? valuesOf(draft.input, 'roles') : roles} error={draft.errors?.['roles']} />
    <Field {...kept(draft, 'until')} {...draft.input ? {} : { value: until ?? '' }} label="Last day" type="date" optional
      hint="The access ends by itself after it. An auditor always has one." />
  </>
)
