import { capital } from '../../../lib/words.ts'
import { Button, Form, Notice, PostButton, Select, span, Time } from '../../../ui/index.ts'
import { blockAgainst, queues, readVouching, reasonInWords, reputationOf, speaksFor, type Block, type Queue, type Reputation } from '../../gates/index.ts'
import { addPart, getReport, minutesOf, readOnce, type Report } from '../../reports/index.ts'
import { groundOf, openAppeal } from '../appeal.ts'
import type { Ground } from '../tables.ts'
import { AppealForm, BlockForm, DecisionForm, TimeForm } from './forms.tsx'

/** What of a report this folder shows, read at one moment. */
const readAll = readOnce((page, { id }) => page.reading(async (tx) => {
  const report = await getReport(tx, page.actor, id)
  const [reputation, block, appeal, minutes] = await Promise.all([reputationOf(tx, id), blockAgainst(tx, id), openAppeal(tx, id), minutesOf(tx, id)])
  return { report, reputation, block, appeal, minutes }
}))

addPart({
  name: 'appeal', on: 'case', order: 10, may: 'reports.triage',
  async draw(page, view) {
    const { report, appeal } = await readAll(page, view)
    return appeal ? (
      <section class="sheet stack" aria-labelledby="appeal-title">
        <h2 id="appeal-title">The reporter appeals</h2>
        <p>{against[appeal.against]} What they wrote on <Time at={appeal.made_at} zone={page.zone} /> stands below among the messages.</p>
        <DecisionForm report={report.id} />
      </section>
    ) : null
  },
})

const against: Record<Ground, string> = {
  spam: 'The report was closed as spam.', block: 'Its sender is blocked, so it was closed when it came.', queue: 'It stands in the class “suspect”.',
}

addPart({
  name: 'gates', on: 'case-side', order: 20, may: 'reports.read',
  async draw(page, view) {
    const { report, reputation, block, minutes } = await readAll(page, view)
    const triages = page.may('reports.triage')
    return (
      <section class="stack" aria-labelledby="class-title">
        <h2 id="class-title">How it came in</h2>
        <p><strong>{capital(report.queue)}</strong></p>
        <ul>{report.queue_reasons.map((reason) => <li>{reasonInWords(reason)}</li>)}</ul>
        {triages ? <Move report={report} /> : null}
        <SenderRecord reputation={reputation} />
        {block ? <Blocked block={block} triages={triages} report={report} /> : triages && reputation
          ? <details><summary>Block the sender</summary><BlockForm report={report.id} /></details> : null}
        {triages ? <details><summary>Time: {minutesInWords(minutes)}</summary><TimeForm report={report.id} /></details> : null}
      </section>
    )
  },
})

export function minutesInWords(minutes: number): string {
  if (minutes >= 120) return span(minutes * 60_000)
  const rounded = minutes < 10 ? Math.round(minutes * 10) / 10 : Math.round(minutes)
  return `${rounded} ${rounded === 1 ? 'minute' : 'minutes'}`
}

const Move = ({ report }: { report: Report }) => (
  <details>
    <summary>Put it in another class</summary>
    <Form to={`/desk/reports/${report.id}/queue`}>
      <Select name="queue" label="Class" value={report.queue} options={queues.map((queue: Queue) => ({ value: queue, label: capital(queue) }))} />
      <Button look="second">Move</Button>
    </Form>
  </details>
)

/** What one sender reported within a year. Where they were never proven to be the same, it says so. */
const SenderRecord = ({ reputation }: { reputation: Reputation & { proven: boolean } | null }) => reputation && (
  <div>
    <h3>The sender, within a year</h3>
    <p>{recordInWords(reputation)}</p>
    {reputation.proven ? null : <p class="soft">By an address or key that was only typed: it may be somebody else’s.</p>}
  </div>
)

const recordInWords = ({ accepted, duplicate, invalid, spam, open }: Reputation): string => {
  const counts = [[accepted, 'accepted'], [duplicate, 'duplicate'], [invalid, 'invalid'], [spam, 'spam'], [open, 'not judged yet']] as const
  return `${counts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`).join(', ') || 'Nothing before'}.`
}

const Blocked = ({ block, triages, report }: { block: Block; triages: boolean; report: Report }) => (
  <Notice tone="warning" title="The sender is blocked">
    <p class="as-written">{block.reason}</p>
    {triages ? <PostButton to={`/desk/reports/${report.id}/block/end`}>Lift the block</PostButton> : null}
  </Notice>
)

addPart({
  name: 'gates', on: 'track', order: 10,
  async draw(page, view) {
    const [{ report, reputation, block, appeal }, vouching] = await Promise.all([readAll(page, view), page.read(readVouching, { report: view.id })])
    const ground = groundOf(report)
    return (
      <>
        {report.opens_at ? <Deposited opensAt={report.opens_at} zone={page.zone} /> : null}
        {ground ? <Waits ground={ground} report={report} block={block} appealed={appeal !== undefined} /> : null}
        <SenderRecord reputation={reputation?.proven ? reputation : null} />
        {vouching.may ? <Vouching living={vouching.living} /> : null}
      </>
    )
  },
})

const Deposited = ({ opensAt, zone }: { opensAt: Date; zone: string }) => (
  <Notice title="Deposited">
    <p>Nobody reads reports here at the moment. Yours is dated, sealed and proven by your receipt, and opens on <Time at={opensAt}
      zone={zone} />. Our times to answer count from then.</p>
  </Notice>
)

/** Why it is not read, or read last, and what can be done about it. */
const Waits = ({ ground, report, block, appealed }: { ground: Ground; report: Report; block: Block | null; appealed: boolean }) => (
  <section class="sheet stack" aria-labelledby="waits-title">
    <h2 id="waits-title">{ground === 'queue' ? 'Your report is read after others' : ground === 'block' ? 'Reports from you are blocked' : 'Closed as spam'}</h2>
    {ground === 'queue' ? <ul>{report.queue_reasons.filter((reason) => !speaksFor(reason)).map((reason) => <li>{reasonInWords(reason)}</li>)}</ul> : null}
    {ground === 'queue'
      ? <p>It was not refused. You can wait until it is read; enter the code of a known reporter with your next one; or object here.</p> : null}
    {ground === 'block' && block ? <p class="as-written">{block.reason}</p> : null}
    {appealed
      ? <p>You have objected. A person decides, where possible another than the one who decided before.</p>
      : <><p>If this is not right, say why. A person looks at it, where possible another than the one who decided before.</p><AppealForm /></>}
  </section>
)

const Vouching = ({ living }: { living: number }) => (
  <section class="stack" aria-labelledby="vouching-title">
    <h2 id="vouching-title">You are known here</h2>
    <p>A report of yours was accepted. You can give somebody a code that speaks for them,
      or use one for your own next reports.{living > 0 ? ` ${living} of yours hold.` : ''}</p>
    <PostButton to="/track/report/voucher">Make a code</PostButton>
  </section>
)
