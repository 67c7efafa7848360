import { NotFound } from '../lib/errors.ts'
import { DataTable, DefinitionList, Empty, PlainLayout, Time } from '../ui/index.ts'
import type { Page } from '../web/page.ts'
import type { Module } from '../web/module.ts'
import { at } from '../web/place.ts'
import { piecesOf } from './letter.ts'
import { findMail, listMails, type Mail } from './find-mail.ts'
import type { MailState } from './tables.ts'

/** Every outgoing mail, for whoever develops or tries Avow. Mounted where the setting AVOW_DEVELOPMENT is `yes`, and nowhere else. */
export const developmentMail: Module = {
  name: 'development-mail',
  verbs: [],
  queries: [],
  pages(web) {
    web.get('/dev/mail', { may: 'public.read' }, async (page) => <MailList page={page} mails={await page.reading((tx) => listMails(tx))} />)
    web.get('/dev/mail/:mail', { may: 'public.read' }, async (page) => {
      const mail = await page.reading((tx) => findMail(tx, page.param('mail')))
      if (!mail) throw new NotFound()
      return <OneMail page={page} mail={mail} />
    })
  },
}

const stateWords: Record<MailState, string> = {
  waiting: 'Waiting to be sent', held: 'Kept: no mail server is set', sent: 'Sent', undeliverable: 'Undeliverable',
}

const MailList = ({ page, mails }: { page: Page; mails: readonly Mail[] }) => (
  <PlainLayout page={page} title="Outgoing mail">
    <h1>Outgoing mail</h1>
    {mails.length === 0 ? <Empty title="No mail yet" text="Whatever Avow writes to somebody appears here." /> : (
      <DataTable caption="Mails, newest first" rows={mails} columns={[
        { head: 'Subject', header: true, cell: (mail) => <a href={at(`/dev/mail/${mail.id}`)}>{mail.subject}</a> },
        { head: 'To', cell: (mail) => mail.address ?? 'erased' },
        { head: 'State', cell: (mail) => stateWords[mail.state] },
        { head: 'Written', cell: (mail) => <Time at={mail.createdAt} zone={page.zone} /> },
      ]} />
    )}
  </PlainLayout>
)

const OneMail = ({ page, mail }: { page: Page; mail: Mail }) => (
  <PlainLayout page={page} title={mail.subject}>
    <h1>{mail.subject}</h1>
    <DefinitionList of={[
      ['To', mail.address ?? 'erased'],
      ['State', stateWords[mail.state]],
      ['Error', mail.error ?? undefined],
      ['Written', <Time at={mail.createdAt} zone={page.zone} />],
    ]} />
    <div class="as-written">{piecesOf(mail.body).map(({ path, text }) => path ? <a href={at(path)}>{page.address(path)}</a> : text)}</div>
    <p><a href={at('/dev/mail')}>All mails</a></p>
  </PlainLayout>
)
