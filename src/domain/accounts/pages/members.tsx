import { NotFound } from '../../../lib/errors.ts'
import {
  Actions, Button, ButtonLink, CopyText, DataTable, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, type Draft, type Option,
} from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { changeRoles, listMembers, removeMember } from '../members.ts'
import { inviteMember, listInvitations, withdrawInvitation } from '../roles/invite-member.ts'
import { RoleFields, roleOptions } from '../roles/pages/role-fields.tsx'
import { roleLabel } from '../roles/role-words.ts'

/** Who is on the team, what each may do, and the link by which somebody joins. */
export function memberPages(web: Web): void {
  web.get('/desk/members', { may: 'access.manage' }, (page) => membersPage(page))
  web.get('/desk/members/:member', { may: 'access.manage' }, (page) => memberPage(page))
  web.form(inviteMember, {
    at: 'POST /desk/members/invitations',
    again: membersPage,
    done: ({ path }, page) => html(InvitedPage({ page, link: page.address(path) })),
  })
  web.form(withdrawInvitation, { at: 'POST /desk/members/invitations/:invitation/end', again: membersPage, done: () => '/desk/members' })
  web.form(changeRoles, {
    at: 'POST /desk/members/:member/roles', again: memberPage,
    done(_, page) {
      page.say('Changed.')
      return `/desk/members/${page.param('member')}`
    },
  })
  web.form(removeMember, { at: 'POST /desk/members/:member/end', again: memberPage, done: () => '/desk/members' })
}

async function membersPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const [{ members }, { invitations }, options] = [await page.read(listMembers, {}), await page.read(listInvitations, {}), await roleOptions(page)]
  const person = textOf(input, 'person') || page.url.searchParams.get('person')
  return (
    <DeskLayout page={page} title="Members">
      <PageHead title="Members" lead="Who may enter, and as what.">
        <ButtonLink href={at('/desk/roles')} look="second">Roles</ButtonLink>
        <ButtonLink href={at('/desk/second-factors')} look="second">Second factors</ButtonLink>
      </PageHead>
      <ErrorSummary errors={errors} />
      <DataTable caption="The team" rows={members} columns={[
        { head: 'Name', cell: ({ id, name }) => <a href={at(`/desk/members/${id}`)}>{name}</a>, header: true },
        { head: 'Mail address', cell: (member) => member.address },
        { head: 'Roles', cell: (member) => member.roles.map(roleLabel).join(', ') },
        { head: 'Since', cell: (member) => member.joined_at.slice(0, 10) },
        { head: 'Last day', cell: (member) => member.until },
      ]} />
      {invitations.length > 0 ? <Invitations of={invitations} /> : null}
      <section class="sheet stack" aria-labelledby="invite">
        <h2 id="invite">Invite somebody</h2>
        {person ? <p>
          The link is for the person of the <a href={at(`/desk/people/${person}`)}>list</a> whom you chose: whoever opens it takes their place.
        </p> : null}
        <Form to="/desk/members/invitations">
          {person ? <input type="hidden" name="person" value={person} /> : null}
          <RoleFields options={options} draft={{ input, errors }} />
          <Field {...kept({ input, errors }, 'address')} label="Mail address" type="email" optional
            hint="The link is mailed there. Without it, you hand the link over yourself." />
          <Button>Make the link</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}

const Invitations = ({ of }: { of: readonly { id: string; roles: readonly string[]; expires_at: string }[] }) => (
  <section class="stack" aria-labelledby="invited">
    <h2 id="invited">Invited</h2>
    <DataTable caption="Invitations that nobody has accepted yet" rows={of} columns={[
      { head: 'As', cell: ({ roles }) => roles.map(roleLabel).join(', '), header: true },
      { head: 'Good until', cell: ({ expires_at }) => expires_at.slice(0, 10) },
      { head: 'Take back', cell: ({ id }) => <PostButton to={`/desk/members/invitations/${id}/end`} look="quiet">Take back</PostButton> },
    ]} />
  </section>
)

async function memberPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const member = (await page.read(listMembers, {})).members.find(({ id }) => id === page.param('member'))
  if (!member) throw new NotFound()
  return <MemberPage page={page} member={member} options={await roleOptions(page)} draft={{ input, errors }} />
}

interface Person { id: string; name: string; address: string; roles: readonly string[]; until: string | null }
interface MemberProps { page: Page; member: Person; options: readonly Option[]; draft: Draft }

const MemberPage = ({ page, member: { id, name, address, roles, until }, options, draft }: MemberProps) => (
  <DeskLayout page={page} title={name}>
    <PageHead title={name} lead={address} trail={<a href={at('/desk/members')}>Members</a>} />
    <ErrorSummary errors={draft.errors} />
    <section class="sheet stack" aria-labelledby="roles-of">
      <h2 id="roles-of">What {name} may do</h2>
      <Form to={`/desk/members/${id}/roles`}>
        <RoleFields options={options} draft={draft} roles={roles} until={until} />
        <Button>Change</Button>
      </Form>
    </section>
    <section class="sheet stack" aria-labelledby="lost">
      <h2 id="lost">{name} cannot get in</h2>
      <Actions>
        <PostButton to={`/desk/members/${id}/password`}>Mail a link for a new password</PostButton>
        <ButtonLink href={at(`/desk/recoveries?member=${id}`)} look="second">The second factor is lost</ButtonLink>
      </Actions>
    </section>
    <section class="sheet stack" aria-labelledby="end">
      <h2 id="end">End the access</h2>
      <p>{name} is signed out at once, and every key that they made is taken back. What they did stays in the record.</p>
      <Actions><PostButton to={`/desk/members/${id}/end`} look="danger">End the access of {name}</PostButton></Actions>
    </section>
  </DeskLayout>
)

const InvitedPage = ({ page, link }: { page: Page; link: string }) => (
  <DeskLayout page={page} title="Invited">
    <PageHead title="The link is made" />
    <Notice>It is shown only now, works once, and for seven days. Whoever opens it joins the team.</Notice>
    <CopyText text={link} label="the link" />
  </DeskLayout>
)
