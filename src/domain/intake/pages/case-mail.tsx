import { Button, Form, Time } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { addPart } from '../../reports/index.ts'
import { listReportMessages } from '../list-messages.ts'

type Line = Awaited<ReturnType<typeof listReportMessages.run>>['messages'][number]

/** The mails of a case: whether their domain stands behind them, their sources, and what somebody else wrote. */
addPart({
  name: 'mails', on: 'case', order: 65, may: 'reports.read',
  async draw(page, report) {
    const { messages } = await page.read(listReportMessages, { report: report.id })
    return messages.length === 0 ? null : <Mails messages={messages} page={page} />
  },
})

const Mails = ({ messages, page }: { messages: readonly Line[]; page: Page }) => (
  <section class="stack" aria-labelledby="came-title">
    <h3 id="came-title">What came by mail</h3>
    <ul class="stack">{messages.map((one) => <li><Mail of={one} page={page} /></li>)}</ul>
  </section>
)

const names: Readonly<Record<string, string>> = {
  report: 'The report', answer: 'An answer', 'someone-else': 'From someone else', bounce: 'News of a letter of ours',
  automatic: 'An automatic answer', quarantined: 'Read by a person',
}

const Mail = ({ of, page }: { of: Line; page: Page }) => (
  <>
    <p>
      <strong>{names[of.became]}</strong>, <Time at={of.at} zone={page.zone} />. {of.vouching ? vouchingInWords(of.vouching) : null}{' '}
      {page.may('reports.triage') ? <a href={at(`/desk/intake/messages/${of.message}`)}>Source</a> : null}
    </p>
    {of.became === 'someone-else' ? <SomeoneElse of={of} page={page} /> : null}
  </>
)

function vouchingInWords({ verdict, domain, dkim, spf, dmarc }: NonNullable<Line['vouching']>) {
  const found = <span class="soft">(DKIM {dkim}{spf ? `, SPF ${spf}` : ''}, DMARC {dmarc})</span>
  if (verdict === 'vouches') return <>The sender’s domain {domain} vouches for it {found}.</>
  if (verdict === 'does not') return <>The sender’s domain {domain} does not vouch for it: it may be from anybody {found}.</>
  return <>Whether {domain} vouches for it is not known {found}.</>
}

/** They know of the case and are not its reporter, or cannot show that they are. Nobody was told anything. */
const SomeoneElse = ({ of: { message, from, text }, page }: { of: Line; page: Page }) => (
  <>
    <p class="soft">
      {from ? `${from.name} <${from.address}>` : 'Somebody'} wrote to this case, and is not its reporter by what the mail shows. They were told nothing.
    </p>
    <pre class="wrapped">{text}</pre>
    {page.may('reports.triage')
      ? <Form to={`/desk/intake/messages/${message}/discard`}><Button look="quiet">I have seen it</Button></Form> : null}
  </>
)
