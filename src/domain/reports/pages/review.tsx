import { Actions, Button, Carried, ErrorSummary, Form, Notice, PageHead, PublicLayout } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { collisionsOf, type Collision } from '../collisions.ts'
import { demandEvidence, type ReportInput } from '../submit-report.ts'
import { toolOutputs } from '../tool-findings.ts'
import type { ToolOutput } from '../tool-output/index.ts'
import { ToolFindings } from './findings.tsx'

/** What the reporter should see before it is sent, or null where there is nothing. It keeps nobody from sending. */
export async function reviewPage(page: Page, posted: Entered, given: ReportInput) {
  if (posted.seen === 'yes') return null
  demandEvidence(given)
  const collisions = await page.reading((tx) => collisionsOf(tx, given))
  const outputs = toolOutputs(given)
  return collisions.length > 0 || outputs.length > 0 ? <ReviewPage page={page} entered={posted} collisions={collisions} outputs={outputs} /> : null
}

interface Review { page: Page; entered: Entered; collisions: readonly Collision[]; outputs: readonly ToolOutput[] }

const ReviewPage = ({ page, entered, collisions, outputs }: Review) => (
  <PublicLayout page={page} title="Before you send it">
    <PageHead title="Before you send it"
      lead="Your report is not sent yet. A program has compared it with what we ask for, and may be wrong. Nothing here keeps you from sending it as it is." />
    <ErrorSummary />
    {collisions.map((collision) => <Collides {...collision} />)}
    {outputs.length > 0 ? (
      <section class="stack" aria-labelledby="outputs-title">
        <h2 id="outputs-title">What your tools found, as we read it</h2>
        <p>A tool’s output alone is read later than a report that shows that somebody has seen the weakness. Steps or a proof of concept help most.</p>
        {outputs.map((output) => <ToolFindings output={output} open={output.findings.length <= 10} />)}
      </section>
    ) : null}
    <Form to="/report" files>
      <Carried entered={entered} without={['add', 'seen']} />
      <input type="hidden" name="seen" value="yes" />
      <Actions>
        <Button large>Send the report</Button>
        <Button large look="second" name="add" value="">Change it first</Button>
      </Actions>
    </Form>
  </PublicLayout>
)

const Collides = ({ about, title, says }: Collision) => (
  <Notice tone="warning" title={titles[about](title)}>
    <p>{says}</p>
    {about === 'known non-finding' ? <p>If yours goes further, say how. <a href={at('/report/known')}>What we know to be no weakness</a></p> : null}
  </Notice>
)

const titles: Record<Collision['about'], (title: string) => string> = {
  exclusion: (title) => `It seems to be about what our policy leaves out: ${title.toLowerCase()}`,
  'out of scope': (title) => title,
  'known non-finding': (title) => `We know of this: ${title}`,
  version: (title) => title,
  weakness: (title) => title,
}
