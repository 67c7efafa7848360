import { memberRoles } from '../../../access/roles.ts'
import { Button, CheckboxGroup, CopyText, DataTable, DeskLayout, ErrorSummary, Field, Form, Notice, PageHead, PostButton } from '../../../ui/index.ts'
import { textOf, valuesOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { changeRoles, inviteMember, listMembers, removeMember } from '../members.ts'

export const roleOptions = [
  { value: 'admin', label: 'Administrator', hint: 'Everything: policies, people, keys.' },
  { value: 'triager', label: 'Triager', hint: 'Reads and answers reports.' },
  { value: 'member', label: 'Member', hint: 'Own duties and the policies.' },
  { value: 'auditor', label: 'Auditor', hint: 'Reads everything, changes nothing.' },
] as const satisfies readonly { value: (typeof memberRoles)[number]; label: string; hint: string }[]

/** Who is on the team, and the link by which somebody joins. */
export function memberPages(web: Web): void {
  web.get('/desk/people', { may: 'access.manage' }, (page) => membersPage(page))
  web.form(inviteMember, {
    at: 'POST /desk/people/invitations',
    again: membersPage,
    done: ({ path }, page) => html(InvitedPage({ page, link: page.address(path) })),
  })
  web.form(changeRoles, { at: 'POST /desk/people/:member/roles', again: membersPage, done: () => '/desk/people' })
  web.form(removeMember, { at: 'POST /desk/people/:member/end', again: membersPage, done: () => '/desk/people' })
}

async function membersPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { members } = await page.read(listMembers, {})
  return (
    <DeskLayout page={page} title="People">
      <PageHead title="People" lead="Who may enter, and as what." />
      <ErrorSummary errors={errors} />
      <DataTable caption="The team" rows={members} columns={[
        { head: 'Name', cell: (member) => member.name, header: true },
        { head: 'Mail address', cell: (member) => member.address },
        { head: 'Roles', cell: (member) => member.roles.join(', ') },
        { head: 'Since', cell: (member) => member.joined_at.slice(0, 10) },
        { head: 'End access', cell: ({ id, name }) => <PostButton to={`/desk/people/${id}/end`} look="quiet">End access of {name}</PostButton> },
      ]} />
      <section class="sheet stack" aria-labelledby="invite">
        <h2 id="invite">Invite somebody</h2>
        <Form to="/desk/people/invitations">
          <CheckboxGroup name="roles" label="Roles" options={roleOptions} values={valuesOf(input, 'roles')} error={errors['roles']} />
          <Field name="address" label="Mail address" type="email" optional value={textOf(input, 'address')} error={errors['address']}
            hint="The link is mailed there. Without it, you hand the link over yourself." />
          <Button>Make the link</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}

const InvitedPage = ({ page, link }: { page: Page; link: string }) => (
  <DeskLayout page={page} title="Invited">
    <PageHead title="The link is made" />
    <Notice>It is shown only now, works once, and for seven days. Whoever opens it joins the team.</Notice>
    <CopyText text={link} label="the link" />
  </DeskLayout>
)
