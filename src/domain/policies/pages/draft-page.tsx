import { Actions, Button, Checkbox, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, type Draft, type Surroundings } from '../../../ui/index.ts'
import { textOf } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { Check } from '../check.ts'
import { Reading } from './reading.tsx'

export interface DraftProps extends Draft {
  page: Surroundings
  /** Absent while the policy has no short name yet. */
  slug?: string | undefined
  version: number
  reading: Check
}

/** The editor: the text at one side, what each sentence will mean at the other. Without script, “Preview” draws it anew. */
export const DraftPage = ({ page, slug, version, reading, ...draft }: DraftProps) => (
  <DeskLayout page={page} title={slug ? `${slug}, version ${version}` : 'New policy'}>
    <PageHead title={slug ? `Version ${version}` : 'Write a policy'}
      trail={<a href={at(slug ? `/desk/policies/${slug}` : '/desk/policies')}>{slug ?? 'Policies'}</a>}
      lead="Markdown. A footnote’s mark after a sentence makes it a promise; the footnote holds its rule." />
    <ErrorSummary errors={draft.errors} />
    <div class="preview">
      <Form to={slug ? `/desk/policies/${slug}/draft` : '/desk/policies'} wide guard>
        <input type="hidden" name="saved" value={slug ?? ''} />
        <input type="hidden" name="version" value={String(version)} />
        {slug ? null : <Field {...kept(draft, 'policy')} label="Short name" hint="For addresses: lower-case letters, digits, hyphens." maxlength={63} />}
        <Field {...kept(draft, 'text')} label="Text" rows={24} code live={at('/desk/policy-reading')} />
        <Field {...kept(draft, 'summary')} label="What changed, for readers" rows={2} optional />
        <Checkbox name="significant" label="A significant change" hint="People who rely on the policy are to be told."
          checked={textOf(draft.input, 'significant') !== ''} error={draft.errors?.significant} />
        <Checkbox name="governs_reports" label="Reports are judged by this policy" hint="One policy does that. Its version in force is noted with each report."
          checked={textOf(draft.input, 'governs_reports') !== ''} error={draft.errors?.governs_reports} />
        <Actions>
          <Button>Save the draft</Button>
          <Button look="second" formaction={at('/desk/policy-reading')}>Preview</Button>
        </Actions>
      </Form>
      <Reading of={reading} />
    </div>
  </DeskLayout>
)
