import { Button, DefinitionList, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Time } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { attachmentDownload } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { readMessage } from '../list-messages.ts'
import { filesOf } from '../message.ts'
import { readSource } from '../read-source.ts'
import { discardMessage, makeReport } from '../settle-message.ts'
import { capital } from '../../../lib/words.ts'

/** One mail that a machine could not read, shown so that a person can: as text, and never as what it says that it is. */
export function quarantinePages(web: Web): void {
  web.get('/desk/intake/messages/:message', { may: 'reports.triage' }, (page) => messagePage(page))
  web.get('/desk/intake/messages/:message/source', { may: 'reports.triage' }, async (page) => {
    const { message, raw } = await page.read(readMessage, { message: page.param('message') })
    return attachmentDownload(page, filesOf(message), raw)
  })
  web.form(makeReport, { at: 'POST /desk/intake/messages/:message/report', again: messagePage, done: ({ report }) => `/desk/reports/${report}` })
  web.form(discardMessage, {
    at: 'POST /desk/intake/messages/:message/discard', again: messagePage,
    done(_, page) {
      page.say('Discarded. It can be read for 90 days.')
      return '/desk/intake'
    },
  })
}

async function messagePage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const message = await page.read(readMessage, { message: page.param('message') })
  const source = await readSource(page.deps.database, page.organization.id, message.message, message.raw)
  const here = `/desk/intake/messages/${message.message}`
  const waits = message.settled_as === null && (message.became === 'quarantined' || message.became === 'someone-else')
  const said = { title: message.subject.slice(0, 200), description: message.text ?? source.text, email: message.from?.address ?? '' }
  const draft = { errors, input: Object.keys(input).length > 0 ? input : said }
  return (
    <DeskLayout page={page} title="A mail">
      <PageHead trail={<a href={at('/desk/intake')}>Mail</a>} title={message.subject || 'A mail without a subject'}
        lead={message.why ? `${capital(message.why)}.` : undefined} />
      <ErrorSummary errors={errors} />
      <DefinitionList of={[
        ['Arrived', <Time at={message.at} zone={page.zone} />], ['From, it says', message.from ? `${message.from.name} <${message.from.address}>` : 'nobody'],
        ['Brought in by', message.brought_by ?? undefined],
        ['Case', message.report ? <a href={at(`/desk/reports/${message.report}`)}>the report</a> : undefined], ['Settled', message.settled_as ?? undefined],
      ]} />
      <section class="stack" aria-labelledby="source">
        <h2 id="source">Source</h2>
        {source.cut ? <Notice>The source is longer than what is shown. All of it is in the file.</Notice> : null}
        <pre tabindex={0} class="wrapped" aria-label="Source of the mail">{source.text}</pre>
        <p><a href={at(`${here}/source`)} download>Download the source</a> <span class="soft">Open it with care: nobody knows what it holds.</span></p>
      </section>
      {waits ? <Settle here={here} draft={draft} /> : null}
    </DeskLayout>
  )
}

const Settle = ({ here, draft }: { here: string; draft: { input: Entered; errors: FieldErrors } }) => (
  <section class="sheet stack" aria-labelledby="settle">
    <h2 id="settle">Make a report of it</h2>
    <Form to={`${here}/report`}>
      <Field {...kept(draft, 'title')} label="Title" maxlength={200} />
      <Field {...kept(draft, 'description')} label="What it says" rows={12} hint="Take out what is not meant for people. The source stays with the report." />
      <Field {...kept(draft, 'email')} label="Where its sender can be written to" optional type="email" />
      <Button>Make a report of it</Button>
    </Form>
    <PostButton to={`${here}/discard`} look="quiet">Discard it</PostButton>
  </section>
)
