import type { CorrectionRow } from '../../../ledger/index.ts'
import {
  Actions, Button, DefinitionList, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Time, vouchWords, type Draft,
} from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { NamedEntry } from '../list-entries.ts'
import { Subjects } from './parts.tsx'

interface Props extends Draft {
  page: Page
  entry: NamedEntry & { readonly facts: unknown }
  correction: CorrectionRow | undefined
  /** Whether this person proposed the correction, and so cannot confirm it. */
  own: boolean
}

const ledgersOwn = ['vouch', 'opening', 'effective_at']

/** One entry as the record has it. Sealed facts are not shown here: they belong to the pages of what they are about. */
export const EntryPage = ({ page, entry, correction, own, ...draft }: Props) => {
  const { index, at: when, kind, about, stream, marks, subjects, facts } = entry
  const { vouch, opening, effective_at: happened } = marks
  return (
    <DeskLayout page={page} title={`Entry ${index}`}>
      <PageHead title={`Entry ${index}`} lead={about} trail={<a href={at('/desk/record')}>The record</a>} />
      <ErrorSummary errors={draft.errors} />
      <DefinitionList of={[
        ['Kind', <code>{kind}</code>],
        ['About', <Subjects of={subjects} />],
        ['Recorded', <Time at={when} zone={page.zone} />],
        ['Said to have happened', happened && <Time at={happened} zone={page.zone} />],
        ['From before Avow', opening && 'yes, unwitnessed'],
        ['Who vouches', vouch && vouchWords[vouch as keyof typeof vouchWords]],
        ['Stream', stream],
        ...Object.entries(marks).filter(([name]) => !ledgersOwn.includes(name)).map(([name, value]) => [name.replaceAll('_', ' '), value] as const),
        ]} />
      {facts === null ? null : <Published facts={facts} />}
      {correction ? <Correction page={page} of={correction} own={own} /> : page.may('ledger.correct') ? <Propose index={index} draft={draft} /> : null}
    </DeskLayout>
  )
}

const Published = ({ facts }: { facts: unknown }) => (
  <section class="stack" aria-labelledby="published">
    <h2 id="published">Published with it</h2>
    <pre tabindex={0}><code>{JSON.stringify(facts, null, 2)}</code></pre>
  </section>
)

const Correction = ({ page, of: { index, reason, proposed_at: proposed, confirmed_at: confirmed }, own }:
  { page: Page; of: CorrectionRow; own: boolean }) => (
  <section class="stack narrow" aria-labelledby="correction">
    <h2 id="correction">{confirmed ? 'Corrected' : 'A correction is proposed'}</h2>
    <blockquote>{reason}</blockquote>
    <p class="soft">Proposed <Time at={proposed} zone={page.zone} />{confirmed ? <>, confirmed <Time at={confirmed} zone={page.zone} /></> : null}.</p>
    {confirmed || !page.may('ledger.correct') ? null : (
      <>
        <Notice>{own ? 'Somebody else has to confirm it.' : 'Confirm it only if you know that it is right: it stays in the record for ever.'}</Notice>
        <Actions>
          {own ? null : <PostButton to={`/desk/record/${index}/confirmation`} look="first">Confirm the correction</PostButton>}
          <PostButton to={`/desk/record/${index}/withdrawal`}>Take it back</PostButton>
        </Actions>
      </>
    )}
  </section>
)

const Propose = ({ index, draft }: { index: number; draft: Draft }) => (
  <section class="sheet stack narrow" aria-labelledby="correction">
    <h2 id="correction">This entry is wrong</h2>
    <p>It stays in the log. What it decided shows as corrected, with your reason. A second person has to confirm it.</p>
    <Form to={`/desk/record/${index}/correction`} guard>
      <Field {...kept(draft, 'reason')} label="Why it is wrong" rows={4} maxlength={1000} hint="Everybody can read this for ever: name nobody." />
      <Button>Propose the correction</Button>
    </Form>
  </section>
)
