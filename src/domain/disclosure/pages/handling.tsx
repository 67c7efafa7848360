import { Button, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, type Draft } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { handlingOf } from '../handling.ts'

const fields = [
  ['critical_days', 'Critical: days from acceptance to publication'], ['high_days', 'High'], ['medium_days', 'Medium'], ['low_days', 'Low'],
  ['remind_days', 'Days before an embargo ends at which its parties are reminded'], ['object_days', 'Days in which a reporter may object'],
] as const

/** How long reports stay confidential where nobody agreed on anything else. */
export async function disclosureHandlingPage(page: Page, draft: Draft = {}) {
  const set = await page.reading(handlingOf)
  const shown = draft.input ? draft : { input: Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)])) }
  return (
    <DeskLayout page={page} title="Handling of disclosure">
      <PageHead trail={<a href={at('/desk/handling')}>Handling of cases</a>} title="Embargo and disclosure"
        lead="How long reports are kept confidential, unless both sides agree on something else." />
      <ErrorSummary errors={draft.errors} />
      <section class="sheet stack" aria-labelledby="days-title">
        <h2 id="days-title">Days</h2>
        <Form to="/desk/handling/disclosure">
          {fields.map(([name, label]) => <Field {...kept(shown, name)} label={label} type="number" />)}
          <Button>Set</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}
