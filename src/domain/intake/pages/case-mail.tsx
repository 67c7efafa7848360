import { Button, DataTable, Form, Notice, PostButton, Time } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listReportMails, type CaseMail } from '../../correspondence/index.ts'
import { addPart } from '../../reports/index.ts'
import { listReportMessages } from '../list-messages.ts'

type Message = Awaited<ReturnType<typeof listReportMessages.run>>['messages'][number]
/** One mail of a case: a letter of ours, or one that came, with what is known of its source. */
interface Line { readonly at: string; readonly mail: CaseMail | undefined; readonly message: Message | undefined }

/** All mails of a case in one list: what went out and whether it arrived, what came and who vouches for it. */
addPart({
  name: 'mails', on: 'case', order: 60, may: 'reports.read',
  async draw(page, report) {
    const of = { report: report.id }
    const [{ mails }, { messages }] = await Promise.all([page.read(listReportMails, of), page.read(listReportMessages, of)])
    return mails.length + messages.length === 0 ? null : <Mails page={page} report={report.id} mails={mails} messages={messages} />
  },
})

interface Shown { readonly page: Page; readonly report: string; readonly mails: readonly CaseMail[]; readonly messages: readonly Message[] }

const Mails = ({ page, report, mails, messages }: Shown) => {
  const last = mails.findLast(({ from }) => from === 'us')
  return (
    <section class="stack" aria-labelledby="mails-title">
      <h2 id="mails-title">By mail</h2>
      {last?.failed ? (
        <Notice tone="warning" title="Your answer did not arrive">
          {last.arrival}. Send it again once that is mended. If the address is wrong, the reporter only reads it on the page that follows the report.
        </Notice>
      ) : null}
      <DataTable caption="Mails of this report, oldest first" rows={linesOf(mails, messages)} columns={[
        { head: 'When', header: true, cell: (line) => <Time at={line.at} zone={page.zone} /> },
        { head: 'Mail', cell: (line) => <What of={line} page={page} /> },
        { head: 'Protection', cell: ({ mail, message }) => <>{mail?.protection} {message?.vouching ? vouchingInWords(message.vouching) : null}</> },
        { head: 'Arrival', cell: ({ mail }) => (
          <>{mail?.arrival ?? 'Arrived'}{mail?.failed && page.may('reports.triage')
            ? <PostButton to={`/desk/reports/${report}/mails/${mail.id}/resend`} look="quiet">Send it again</PostButton> : null}</>
        ) },
      ]} />
      {messages.filter(({ became }) => became === 'someone-else').map((one) => <SomeoneElse of={one} page={page} />)}
    </section>
  )
}

/** What came stands in both lists, under the one moment at which it was stored. */
function linesOf(mails: readonly CaseMail[], messages: readonly Message[]): Line[] {
  const came = messages.map((message): Line =>
    ({ at: message.at, message, mail: mails.find((mail) => mail.from === 'reporter' && sameMoment(mail.at, message.at)) }))
  const rest = mails.filter((mail) => !came.some((line) => line.mail === mail)).map((mail): Line => ({ at: mail.at, mail, message: undefined }))
  return [...came, ...rest].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const sameMoment = (a: string, b: string): boolean => Date.parse(a) === Date.parse(b)

const names: Readonly<Record<string, string>> = {
  report: 'The report', answer: 'An answer', 'someone-else': 'From someone else', bounce: 'News of a letter of ours',
  automatic: 'An automatic answer', quarantined: 'Read by a person',
}

const What = ({ of: { mail, message }, page }: { of: Line; page: Page }) => message
  ? <>{names[message.became]}. {page.may('reports.triage') ? <a href={at(`/desk/intake/messages/${message.message}`)}>Source</a> : null}</>
  : <>{mail?.from === 'us' ? `To the reporter. ${mail.subject}` : 'From the reporter'}</>

function vouchingInWords({ verdict, domain, dkim, spf, dmarc }: NonNullable<Message['vouching']>) {
  const found = <span class="soft">(DKIM {dkim}{spf ? `, SPF ${spf}` : ''}, DMARC {dmarc})</span>
  if (verdict === 'vouches') return <>The sender’s domain {domain} vouches for it {found}.</>
  if (verdict === 'does not') return <>The sender’s domain {domain} does not vouch for it: it may be from anybody {found}.</>
  return <>Whether {domain} vouches for it is not known {found}.</>
}

/** They know of the case and are not its reporter, or cannot show that they are. Nobody was told anything. */
const SomeoneElse = ({ of: { message, from, text, settled, at: when }, page }: { of: Message; page: Page }) => (
  <article class="stack">
    <h3>From someone else, <Time at={when} zone={page.zone} /></h3>
    <p class="soft">
      {from ? `${from.name} <${from.address}>` : 'Somebody'} wrote to this case, and is not its reporter by what the mail shows. They were told nothing.
    </p>
    <pre class="wrapped">{text}</pre>
    {!settled && page.may('reports.triage')
      ? <Form to={`/desk/intake/messages/${message}/discard`}><Button look="quiet">I have seen it</Button></Form> : null}
  </article>
)
