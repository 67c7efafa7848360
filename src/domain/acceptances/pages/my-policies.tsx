import { Block, plainPhrases } from '../../../ui/blocks.tsx'
import { Button, Checkbox, DataTable, DeskLayout, Diff, Empty, ErrorSummary, Form, Notice, PageHead, Time, type Draft } from '../../../ui/index.ts'
import { readMarkdown } from '../../../lib/markdown.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Reading } from '../my-acceptances.ts'

interface Mine { readonly policy: string; readonly title: string; readonly version: number; readonly accepted_at: string | null }

/** What I have to read, first what I have not accepted yet. */
export const MyPoliciesPage = ({ page, policies }: { page: Page; policies: readonly Mine[] }) => (
  <DeskLayout page={page} title="My policies">
    <PageHead title="My policies" lead={leadOf(policies)} />
    {policies.length === 0
      ? <Empty title="Nothing to accept" text="When a policy is there for you to accept, it stands here." />
      : <DataTable caption="Policies" rows={policies.toSorted((a, b) => Number(a.accepted_at !== null) - Number(b.accepted_at !== null))} columns={[
          { head: 'Policy', header: true, cell: ({ policy, title }) => <a href={at(`/me/policies/${policy}`)}>{title}</a> },
          { head: 'Version', cell: ({ version }) => version },
          { head: 'You', cell: ({ accepted_at: accepted }) => accepted ? <>accepted it <Time at={accepted} zone={page.zone} /></>
            : 'have to read and accept it' },
        ]} />}
  </DeskLayout>
)

function leadOf(policies: readonly Mine[]): string {
  const open = policies.filter(({ accepted_at: accepted }) => !accepted).length
  if (policies.length === 0) return 'What you have agreed to follow.'
  return open === 0 ? 'You have accepted all of them.' : `${open} of ${policies.length} to read.`
}

/** The text whole, what has changed since this person accepted an earlier one, and one button. */
export const ReadPolicyPage = ({ page, reading, ...draft }: Draft & { page: Page; reading: Reading }) => (
  <DeskLayout page={page} title={reading.title}>
    <PageHead title={reading.title} trail={<a href={at('/me/policies')}>My policies</a>} lead={`Version ${reading.version}`} />
    <ErrorSummary errors={draft.errors} />
    {reading.before ? (
      <details class="sheet" open>
        <summary>What has changed since version {reading.before.version}, which you accepted</summary>
        <Diff before={withoutRules(reading.before.body)} after={withoutRules(reading.text)} />
      </details>
    ) : null}
    <article class="prose lesson">{readMarkdown(reading.text).children.filter(({ type }) => type !== 'footnoteDefinition').slice(1)
      .map((node) => <Block node={node} phrases={plainPhrases} />)}</article>
    {reading.accepted
      ? <Notice tone="good" title="You have accepted this version">
          <p><Time at={reading.accepted.accepted_at!} zone={page.zone} />. <a href={at(`/me/policies/${reading.slug}/receipt`)}>Receipt</a>, <a
            href={at(`/me/policies/${reading.slug}/content`)}>content file</a>.</p>
        </Notice>
      : <Form to={`/me/policies/${reading.slug}`}>
          <input type="hidden" name="text_sha256" value={reading.text_sha256} />
          <Checkbox name="read" label="I have read this policy and accept it." error={draft.errors?.['read']} required />
          <Button>Accept</Button>
        </Form>}
    <p class="soft">The text’s SHA-256: <code class="digest">{reading.text_sha256}</code></p>
  </DeskLayout>
)

/** The rules in the footnotes are the machine's part of the text. */
const withoutRules = (text: string): string => text.replace(/^\[\^[^\]]+\]:.*\n?/gm, '').replace(/\[\^[^\]]+\]/g, '').trim()
