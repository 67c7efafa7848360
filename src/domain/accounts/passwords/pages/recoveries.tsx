import { Actions, Button, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, PostButton, Select, Time } from '../../../../ui/index.ts'
import { textOf, type Entered } from '../../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { listMembers } from '../../members.ts'
import { listRecoveries } from '../list-recoveries.ts'
import { mailReset } from '../mail-reset.ts'
import { approveRecovery, askRecovery, refuseRecovery } from '../recovery.ts'

const place = '/desk/recoveries'

/** Members who have lost their second factor: one administrator asks, another one agrees. */
export function recoveriesPages(web: Web): void {
  web.get(place, { may: 'access.manage' }, (page) => recoveriesPage(page, { member: page.url.searchParams.get('member') ?? '' }))
  web.form(askRecovery, {
    at: `POST ${place}`, again: recoveriesPage,
    done(_, page) {
      page.say('Asked. It waits for a second administrator, and the person has been told.')
      return place
    },
  })
  web.form(approveRecovery, {
    at: `POST ${place}/:recovery/approval`, again: recoveriesPage,
    done(_, page) {
      page.say('Agreed. The person gets a link by mail and finishes it.')
      return place
    },
  })
  web.form(mailReset, {
    at: 'POST /desk/members/:member/password', again: recoveriesPage,
    done(_, page) {
      page.say('Mailed. The link is good for 30 minutes.')
      return `/desk/members/${page.param('member')}`
    },
  })
  web.form(refuseRecovery, { at: `POST ${place}/:recovery/refusal`, again: recoveriesPage, done: () => place })
}

async function recoveriesPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const [{ recoveries }, { members }] = await Promise.all([page.read(listRecoveries, {}), page.read(listMembers, {})])
  const me = page.actor.kind === 'member' ? page.actor.accountId : ''
  const others = members.filter(({ id }) => id !== me)
  return (
    <DeskLayout page={page} title="Lost second factors">
      <PageHead title="Lost second factors" lead="Two administrators together let a member begin anew. The person then finishes it by mail." />
      <ErrorSummary errors={errors} />
      {recoveries.length === 0 ? <Empty title="Nobody waits" text="What was asked for stays here until a second administrator agrees." /> : null}
      {recoveries.map((recovery) => <Waiting recovery={recovery} me={me} zone={page.zone} />)}
      <section class="sheet stack" aria-labelledby="ask">
        <h2 id="ask">A member has lost theirs</h2>
        <p>Make sure that it is them: meet them, or call a number that you have known for long. A mail or a message proves nothing.</p>
        <Form to={place}>
          <Select name="member" label="Who" value={textOf(input, 'member')} error={errors['member']} placeholder="Choose"
            options={others.map(({ id, name, address }) => ({ value: id, label: `${name}, ${address}` }))} />
          <Field {...kept({ input, errors }, 'reason')} label="What happened, and how you made sure who it is" rows={4}
            hint="The second administrator and auditors read it." />
          <Button>Ask for it</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}

interface Listed { id: string; person: string; asked_by: string; asked_by_id: string; reason: string; asked_at: string; expires_at: string; approved: boolean }

const Waiting = ({ recovery, me, zone }: { recovery: Listed; me: string; zone: string }) => (
  <section class="sheet stack" aria-labelledby={`recovery-${recovery.id}`}>
    <h2 id={`recovery-${recovery.id}`}>{recovery.person}</h2>
    <p>{recovery.asked_by} asked on <Time at={Date.parse(recovery.asked_at)} zone={zone} />: “{recovery.reason}”</p>
    <p class="hint">{recovery.approved ? 'Two administrators have agreed. It waits for the person, who has a link by mail.'
      : recovery.asked_by_id === me ? 'You asked for it, so another administrator has to agree.' : 'Agree only if you too are sure who is asking.'}</p>
    <Actions>
      {recovery.approved || recovery.asked_by_id === me ? null : <PostButton to={`${place}/${recovery.id}/approval`} look="first">Agree</PostButton>}
      <PostButton to={`${place}/${recovery.id}/refusal`} look="quiet">Stop it</PostButton>
    </Actions>
  </section>
)
