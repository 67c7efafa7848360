import { parseRule } from 'avow-verify'
import { Button, DeskLayout, Empty, Field, Form, kept, PageHead, Standing, type Draft, type Surroundings } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { PromiseView } from './promise.ts'
import { PromiseDetails } from './promise-note.tsx'

interface Props extends Draft { page: Surroundings; policy: { slug: string; title: string }; promise: PromiseView; mayExplain: boolean; zone: string }

/** The kinds that the rule reads, for an address. */
function kindsOf(rule: string): string {
  const parsed = parseRule(rule)
  return 'errors' in parsed ? '' : [...new Set(parsed.mentions.map(({ kind }) => kind))].join(',')
}

/** One promise at the desk: everything behind its standing and, where a target was missed, the company's words about it. */
export const CommitmentDeskPage = ({ page, policy, promise, mayExplain, zone, ...draft }: Props) => (
  <DeskLayout page={page} title={promise.sentence} live>
    <PageHead title={promise.sentence} trail={<a href={at(`/desk/policies/${policy.slug}`)}>{policy.title}</a>} />
    {promise.shown
      ? <div class="sheet stack narrow">
          <Standing standing={promise.shown.standing} due={promise.shown.due_at} zone={zone} chip />
          <PromiseDetails promise={promise} shown={promise.shown} zone={zone} linked={page.may('openings.read')} />
          {page.may('openings.read') ? <p><a href={at(`/desk/record?kinds=${kindsOf(promise.shown.rule)}`)}>All entries that it rests on</a></p> : null}
        </div>
      : <Empty title="No standing yet" text="It has one from the moment that its version is in force." />}
    {mayExplain && promise.shown && promise.shown.record.missed > 0
      ? <section class="stack"><h2>Explain a missed target</h2>
          <Form to={`/desk/policies/${policy.slug}/commitments/${promise.mark}/explanation`} guard>
            <Field {...kept(draft, 'explanation')} label="What readers should know" rows={5} maxlength={2000}
              hint="It stands beside the record, with today’s date. It changes nothing in the record, and is never removed." />
            <Button>Say this in public</Button>
          </Form>
        </section>
      : null}
  </DeskLayout>
)
