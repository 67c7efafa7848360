import { listKinds } from '../../../ledger/index.ts'
import { Actions, Button, CopyText, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, Notice, PageHead, PostButton, Time } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listWebhooks, readWebhook, type DeliveryLine } from '../list-webhooks.ts'
import { addWebhook, endWebhook, resumeWebhook, rotateSecret, sendAgain, tryWebhook } from '../manage-webhooks.ts'

const here = '/desk/webhooks'
const managers = { may: 'webhooks.manage' } as const

/** The programs that are told what happens, and what became of each telling. */
export function webhookPages(web: Web): void {
  web.get(here, managers, (page) => listPage(page))
  web.get(`${here}/:webhook`, managers, (page) => onePage(page))
  web.form(addWebhook, { at: `POST ${here}`, again: listPage, done: (made, page) => html(SecretPage({ page, ...made })) })
  web.form(rotateSecret, { at: `POST ${here}/:webhook/secret`, again: onePage, done: (made, page) => html(SecretPage({ page, ...made })) })
  web.form(tryWebhook, { at: `POST ${here}/:webhook/tries`, again: onePage, done: (_, page) => {
    page.say('A message is on its way. Look again in a moment.')
    return `${here}/${page.param('webhook')}`
  } })
  web.form(resumeWebhook, { at: `POST ${here}/:webhook/resumption`, again: onePage, done: (_, page) => `${here}/${page.param('webhook')}` })
  web.form(sendAgain, { at: `POST ${here}/deliveries/:delivery/again`, again: listPage, done: ({ webhook }) => `${here}/${webhook}` })
  web.form(endWebhook, { at: `POST ${here}/:webhook/end`, again: onePage, done: () => here })
}

async function listPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { webhooks } = await page.read(listWebhooks, {})
  return (
    <DeskLayout page={page} title="Webhooks">
      <PageHead title="Webhooks" lead="Programs of yours that are told that something happened: what kind, about which case, when. Never what was written." />
      <ErrorSummary errors={errors} />
      {webhooks.length === 0
        ? <Empty title="No program is told anything" text="A chat, a ticket system or a script of yours can be the first." />
        : <DataTable caption="Webhooks" rows={webhooks} columns={[
          { head: 'For', header: true, cell: ({ id, name }) => <a href={at(`${here}/${id}`)}>{name}</a> },
          { head: 'Address', cell: ({ url }) => <code>{new URL(url).host}</code> },
          { head: 'Told of', cell: ({ kinds }) => kinds.join(', ') },
          { head: 'State', cell: ({ stopped_at: stopped, failing_since: failing }) => stopped ? 'stopped' : failing ? 'not answering' : 'working' },
        ]} />}
      <section class="sheet stack" aria-labelledby="new-webhook">
        <h2 id="new-webhook">Tell one more</h2>
        <Form to={here}>
          <Field name="name" label="What it is for" value={textOf(input, 'name')} error={errors['name']} />
          <Field name="url" label="Address" type="url" value={textOf(input, 'url')} error={errors['url']} hint="https, and reachable from here." />
          <Field name="kinds" label="Told of" rows={4} code value={textOf(input, 'kinds') || 'report.*'} error={errors['kinds']}
            hint={<>One a line: a kind such as <code>report.received</code>, <code>report.*</code> for all of a noun, <code>*</code> for everything.</>} />
          <Button>Add the webhook</Button>
        </Form>
        <details>
          <summary>All kinds of entries</summary>
          <ul>{listKinds().map(({ kind, about }) => <li><code>{kind}</code> {about}</li>)}</ul>
        </details>
      </section>
    </DeskLayout>
  )
}

async function onePage(page: Page, _: Entered = {}, errors: FieldErrors = {}) {
  const webhook = await page.read(readWebhook, { webhook: page.param('webhook') })
  const to = (noun: string) => `${here}/${webhook.id}/${noun}`
  return (
    <DeskLayout page={page} title={webhook.name}>
      <PageHead trail={<a href={at(here)}>Webhooks</a>} title={webhook.name} lead={<><code>{webhook.url}</code> is told of {webhook.kinds.join(', ')}</>} />
      <ErrorSummary errors={errors} />
      {webhook.stopped_at
        ? <Notice tone="warning" title="Stopped">
          <p>It has not answered for days, or said that it is gone. What happened since was not sent.</p>
          <PostButton to={to('resumption')}>Switch it on again</PostButton>
        </Notice>
        : null}
      <Actions>
        <PostButton to={to('tries')} look="second">Send a message to try it</PostButton>
        <PostButton to={to('secret')} look="quiet">Make a new secret</PostButton>
        <PostButton to={to('end')} look="quiet">End the webhook</PostButton>
      </Actions>
      <Deliveries of={webhook.deliveries} zone={page.zone} />
    </DeskLayout>
  )
}

const words: Record<DeliveryLine['state'], string> = { waiting: 'is tried again', delivered: 'delivered', 'given-up': 'given up' }

const Deliveries = ({ of, zone }: { of: readonly DeliveryLine[]; zone: string }) =>
  of.length === 0
    ? <Empty title="Nothing was sent yet" text="Send a message to try it, or wait until something happens." />
    : <DataTable caption="What was sent in the last 30 days" rows={of} columns={[
      { head: 'What', header: true, cell: ({ kind }) => <code>{kind}</code> },
      { head: 'When', cell: ({ made_at }) => <Time at={made_at} zone={zone} /> },
      { head: 'State', cell: ({ state, tries }) => tries === 0 ? 'on its way' : `${words[state]}${tries > 1 ? `, after ${tries} tries` : ''}` },
      { head: 'Answer', cell: ({ status, problem, took_ms: took }) => status ?? problem
        ? <>{status ?? problem}<span class="soft"> in {took} ms</span></>
        : null },
      { head: 'Again', cell: ({ id, state, kind }) => state === 'waiting' ? null : <PostButton to={`${here}/deliveries/${id}/again`} look="quiet">
        Send again<span class="unseen">: {kind}</span>
      </PostButton> },
    ]} />

const SecretPage = ({ page, secret, webhook }: { page: Page; secret: string; webhook: string }) => (
  <DeskLayout page={page} title="Secret">
    <PageHead trail={<a href={at(`${here}/${webhook}`)}>The webhook</a>} title="Its secret" />
    <Notice>It is shown only now. With it your program knows that a message is ours.</Notice>
    <CopyText text={secret} label="the secret" />
  </DeskLayout>
)
