import { Actions, ButtonLink, PostButton } from '../../../ui/button.tsx'
import { PublicLayout } from '../../../ui/layout.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { CopyText } from '../../../ui/facts.tsx'

interface Received {
  page: Page
  reference: string
  phrase: string
  /** The first thing that is owed to the reporter, where a commitment in force says so. Milliseconds. */
  promised: { sentence: string; dueAt: number } | undefined
}

/** Right after sending: the one time that the phrase is shown, and the two files that prove the report. */
export const ReceivedPage = ({ page, reference, phrase, promised }: Received) => (
  <PublicLayout page={page} title={`Report ${reference} received`}>
    <h1>We have your report</h1>
    <p class="lead">
      It is <strong>{reference}</strong>. A person will read
      it{promised ? <>: we promised you an answer by <Time at={promised.dueAt} zone={page.zone} /></> : null}.
    </p>
    {promised ? <p class="soft">From our policy: “{promised.sentence}”</p> : null}
    <section class="sheet stack" aria-labelledby="phrase-title">
      <h2 id="phrase-title">Your tracking phrase</h2>
      <CopyText text={phrase} label="Copy the phrase" large />
      <p>
        Write it down now. It is shown only this once, and we cannot send it again. With it you read our answer, and write to us,
        on <a href={at('/track')}>the page “Follow a report”</a>.
      </p>
    </section>
    <section class="sheet stack" aria-labelledby="receipt-title">
      <h2 id="receipt-title">Your receipt</h2>
      <p>Two small files prove, without us, what you reported and when. Keep them together. The second one contains your report.</p>
      <Actions>
        <ButtonLink href={at('/track/report/receipt')}>Receipt</ButtonLink>
        <ButtonLink href={at('/track/report/content')} look="second">Content file</ButtonLink>
      </Actions>
      <p class="hint">
        Check them any time on <a href={at('/verify')}>the verify page</a>, or with the command <code>avow verify</code>. A receipt proves;
        it does not open the report. Only the phrase does.
      </p>
    </section>
    <Notice>This browser stays with the report for now. On a shared computer, leave it when you are done.</Notice>
    <Actions><ButtonLink href={at('/track/report')} look="second">Read the report</ButtonLink><LeaveForm /></Actions>
  </PublicLayout>
)

/** Forgets the report in this browser. */
export const LeaveForm = () => (
  <PostButton to="/track/leave" look="quiet">Leave this report</PostButton>
)
