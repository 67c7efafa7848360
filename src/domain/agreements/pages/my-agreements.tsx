import { Block, plainPhrases } from '../../../ui/blocks.tsx'
import { Button, ButtonLink, Checkbox, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, Time,
  type Draft } from '../../../ui/index.ts'
import { readMarkdown } from '../../../lib/markdown.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { MyAgreement, Reading } from '../list-agreements.ts'

/** What I have to sign, first what I have not. */
export const MyAgreementsPage = ({ page, agreements }: { page: Page; agreements: readonly MyAgreement[] }) => (
  <DeskLayout page={page} title="My agreements">
    <PageHead title="My agreements" lead={leadOf(agreements)} />
    {agreements.length === 0
      ? <Empty title="Nothing to sign" text="When an agreement is there for you to sign, it stands here." />
      : <DataTable caption="Agreements" rows={agreements.toSorted((a, b) => Number(a.signed_at !== null) - Number(b.signed_at !== null))} columns={[
          { head: 'Agreement', header: true, cell: ({ agreement, title }) => <a href={at(`/me/agreements/${agreement}`)}>{title}</a> },
          { head: 'You', cell: ({ signed_at: signed }) => signed ? <>signed it <Time at={signed} zone={page.zone} /></> : 'have to read and sign it' },
        ]} />}
  </DeskLayout>
)

function leadOf(agreements: readonly MyAgreement[]): string {
  const open = agreements.filter(({ signed_at: signed }) => !signed).length
  if (agreements.length === 0) return 'What you have signed.'
  return open === 0 ? 'You have signed all of them.' : `${open} of ${agreements.length} to sign.`
}

interface Sign extends Draft { page: Page; reading: Reading; name: string }

/** The text whole, the name, one box and one button; once it is signed, the certificate. */
export const SignPage = ({ page, reading, name, ...draft }: Sign) => (
  <DeskLayout page={page} title={reading.title}>
    <PageHead title={reading.title} trail={<a href={at('/me/agreements')}>My agreements</a>} lead={`Version ${reading.version}`} />
    <ErrorSummary errors={draft.errors} />
    {reading.signed ? <Signed page={page} reading={reading} /> : null}
    <AgreementText of={reading.text} />
    {reading.signed ? null : (
      <section class="sheet stack" aria-labelledby="sign">
        <h2 id="sign">Sign</h2>
        <p>Signed are exactly the words above. Your second factor is asked for once more, and a certificate is yours to keep.</p>
        <Form to={`/me/agreements/${reading.slug}`}>
          <input type="hidden" name="text_sha256" value={reading.text_sha256} />
          <Field {...kept(draft, 'name')} label="Your name" hint={`As it stands here: ${name}`} autocomplete="name" />
          <Checkbox name="agreed" label="I have read this agreement and sign it." checked={draft.input?.['agreed'] === 'yes'}
            error={draft.errors?.['agreed']} required />
          <Button>Sign</Button>
        </Form>
      </section>
    )}
    <p class="soft">The text’s SHA-256: <code class="digest">{reading.text_sha256}</code></p>
  </DeskLayout>
)

/** Whole, but for the title, which is the page's. */
export const AgreementText = ({ of: text }: { of: string }) => {
  const blocks = readMarkdown(text).children
  const title = blocks.findIndex((node) => node.type === 'heading' && node.depth === 1)
  return <article class="prose lesson">{blocks.toSpliced(title, 1).map((node) => <Block node={node} phrases={plainPhrases} />)}</article>
}

const Signed = ({ page, reading: { slug, signed } }: { page: Page; reading: Reading }) => (
  <>
    <Notice tone="good" title="You have signed this agreement">
      <p><Time at={signed!.signed_at!} zone={page.zone} />{signed!.attachment_id ? ', on a file that two people have seen' : ''}.</p>
    </Notice>
    <div class="actions">
      <ButtonLink href={at(`/me/agreements/${slug}/certificate`)}>Certificate (PDF)</ButtonLink>
      <ButtonLink href={at(`/me/agreements/${slug}/receipt`)} look="second">Receipt</ButtonLink>
      <ButtonLink href={at(`/me/agreements/${slug}/content`)} look="second">Content file</ButtonLink>
    </div>
  </>
)
