import { NotFound } from '../../../lib/errors.ts'
import {
  Actions, Button, CopyText, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Select, Time, type Draft,
} from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listBridges, type BridgeView } from '../list-bridges.ts'
import { addBridge, checkBridge, endBridge, renewSecret, renewToken } from '../manage-bridges.ts'
import { receiveEvent } from '../receive.ts'
import { trackerKinds } from '../tables.ts'
import { trackers } from '../trackers.ts'
import { passOnPages } from './pass-on.tsx'
import { inWords } from './words.ts'

const here = '/desk/bridges'
const managers = { may: 'bridges.manage' } as const

/** The trackers that reports can be passed on to. */
export function bridgePages(web: Web): void {
  const back = (_: unknown, page: Page) => `${here}/${page.param('bridge')}`
  web.get(here, managers, (page) => listPage(page))
  web.get(`${here}/:bridge`, managers, (page) => onePage(page))
  web.form(addBridge, { at: `POST ${here}`, again: listPage, done: (made, page) => html(SecretPage({ page, ...made })) })
  web.form(renewSecret, { at: `POST ${here}/:bridge/secret`, again: onePage, done: (made, page) => html(SecretPage({ page, ...made })) })
  web.form(renewToken, { at: `POST ${here}/:bridge/token`, again: onePage, done(_, page) {
    page.say('The new token is kept. It is tried now: look again in a moment.')
    return back(_, page)
  } })
  web.form(checkBridge, { at: `POST ${here}/:bridge/checks`, again: onePage, done(_, page) {
    page.say('It is asked now. Look again in a moment.')
    return back(_, page)
  } })
  web.form(endBridge, { at: `POST ${here}/:bridge/end`, again: onePage, done: () => here })
  web.receive('/bridges/:bridge/events', { may: 'public.read' }, receiveEvent)
  passOnPages(web)
}

const stateOf = ({ problem, checked_at: checked }: BridgeView) => problem ? inWords(problem) : checked ? 'works' : 'is being tried'

async function listPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { bridges } = await page.read(listBridges, {})
  return (
    <DeskLayout page={page} title="Bridges">
      <PageHead title="Bridges"
        lead="Issue trackers of yours that a report can be passed on to, by somebody who chooses what is sent. Both sides keep up with each other." />
      <ErrorSummary errors={errors} />
      {bridges.length === 0
        ? <Empty title="No tracker is connected" text="A private repository of GitHub, or any project of GitLab, can be the first." />
        : <DataTable caption="Bridges" rows={bridges} columns={[
          { head: 'Project', header: true, cell: ({ id, project }) => <a href={at(`${here}/${id}`)}>{project}</a> },
          { head: 'At', cell: ({ host }) => host },
          { head: 'State', cell: stateOf },
          { head: 'Told us something', cell: ({ heard_at: heard }) => heard ? <Time at={heard} zone={page.zone} /> : 'not yet' },
        ]} />}
      <AddForm input={input} errors={errors} />
    </DeskLayout>
  )
}

const AddForm = (draft: Draft) => (
  <section class="sheet stack" aria-labelledby="new-bridge">
    <h2 id="new-bridge">Connect one more</h2>
    <Form to={here}>
      <Select {...kept(draft, 'kind')} label="Tracker" options={trackerKinds.map((kind) => ({ value: kind, label: trackers[kind].name }))} />
      <Field {...kept(draft, 'project')} label="Project" hint="owner/repository, or group/project. On GitHub it has to be private." />
      <Field {...kept(draft, 'base')} label="Address of its API" type="url" optional
        hint="Only where it runs on a server of yours: https://gitlab.example.org, or https://github.example.org/api/v3" />
      <Field {...kept(draft, 'token')} label="Token" type="password" autocomplete="off" hint={<>
        GitHub: a fine-grained token for this one repository, with <em>Issues: read and write</em>. GitLab: a project access token with the
        role <em>Reporter</em> and the scope <em>api</em>. It is never shown again.
      </>} />
      <Button>Connect it</Button>
    </Form>
  </section>
)

async function onePage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const bridge = (await page.read(listBridges, {})).bridges.find(({ id }) => id === page.param('bridge'))
  if (!bridge) throw new NotFound()
  const to = (noun: string) => `${here}/${bridge.id}/${noun}`
  return (
    <DeskLayout page={page} title={bridge.project}>
      <PageHead trail={<a href={at(here)}>Bridges</a>} title={bridge.project} lead={<>{trackers[bridge.kind].name} at <code>{bridge.base}</code></>} />
      <ErrorSummary errors={errors} />
      <Notice {...bridge.problem ? { tone: 'warning' as const, title: 'Nothing can be passed on' } : {}}>
        <p>{bridge.problem ? inWords(bridge.problem) : bridge.checked_at ? 'It works.' : 'It is being tried. Look again in a moment.'}
          {bridge.checked_at ? <span class="soft"> Asked <Time at={bridge.checked_at} zone={page.zone} />.</span> : null}</p>
      </Notice>
      <Actions>
        <PostButton to={to('checks')}>Ask again</PostButton>
        <PostButton to={to('secret')} look="quiet">Make a new webhook secret</PostButton>
        <PostButton to={to('end')} look="quiet">End the bridge</PostButton>
      </Actions>
      <section class="stack" aria-labelledby="told-title">
        <h2 id="told-title">When something happens there</h2>
        <p>Every issue is looked at each ten minutes. With a webhook it takes seconds: name this address there, and the secret that you were shown.</p>
        <CopyText text={page.address(`/bridges/${bridge.id}/events`)} label="the address" />
        <p class="soft">
          {bridge.heard_at ? <>It told us something last on <Time at={bridge.heard_at} zone={page.zone} />.</> : 'It has told us nothing yet.'}
        </p>
      </section>
      <section class="sheet stack" aria-labelledby="token-title">
        <h2 id="token-title">A new token</h2>
        <Form to={to('token')}>
          <Field {...kept({ input, errors }, 'token')} label="Token" type="password" autocomplete="off" />
          <Button look="second">Use this one</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}

const SecretPage = ({ page, secret, bridge }: { page: Page; secret: string; bridge: string }) => (
  <DeskLayout page={page} title="Webhook secret">
    <PageHead trail={<a href={at(`${here}/${bridge}`)}>The bridge</a>} title="Its webhook secret"
      lead="For a webhook there that tells us of issues. Without one everything works too, ten minutes later." />
    <Notice>The secret is shown only now. You can make a new one at any time.</Notice>
    <CopyText text={page.address(`/bridges/${bridge}/events`)} label="the address" />
    <CopyText text={secret} label="the secret" />
    <p>
      GitHub: content type <code>application/json</code>, the event <em>Issues</em> alone.
      GitLab: <em>Issues events</em> and <em>Confidential issues events</em>.
    </p>
  </DeskLayout>
)
