import { Button, Empty, ErrorSummary, Field, Form, kept, PageHead, PlainLayout, PublicLayout, Time, type Draft } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Update } from '../list-updates.ts'

/** What has changed, and how to be told of it. */
export const UpdatesPage = ({ page, updates, ...draft }: Draft & { page: Page; updates: readonly Update[] }) => (
  <PublicLayout page={page} title="Updates">
    <PageHead title="Updates" lead="What has changed in our policies, and how you are told of it." />
    {updates.length === 0 ? <Empty title="Nothing yet" text="As soon as a policy is published, it stands here." /> : (
      <ol class="results stack">{updates.map((update) => <li><UpdateLine update={update} zone={page.zone} /></li>)}</ol>
    )}
    <section class="sheet stack" aria-labelledby="told">
      <h2 id="told">Be told</h2>
      <p>We write when something changes that concerns you, before it takes force where we can. Nothing else comes, and one click ends it.</p>
      <ErrorSummary errors={draft.errors} />
      <Form to="/updates">
        <Field {...kept(draft, 'address')} label="Mail address" type="email" autocomplete="email"
          hint="Sealed, used for this alone, and forgotten when you end it." />
        <Button>Tell me of changes</Button>
      </Form>
      <p>Or by feed reader: <a href={at('/updates/feed.atom')}>Atom feed</a>.</p>
    </section>
  </PublicLayout>
)

const UpdateLine = ({ update: { policy, title, version, summary, significant, published_at: published, in_force_at: inForce },
  zone }: { update: Update; zone: string }) => (
  <article class="stack">
    <h2><a href={at(`/policies/${policy}/versions/${version}`)}>{title}, version {version}</a></h2>
    <p class="soft">
      Published <Time at={published} zone={zone} />, in force from <Time at={inForce}
        zone={zone} />{significant && version > 1 ? '. A significant change' : ''}.
    </p>
    {summary ? <p>{summary}</p> : null}
    {version > 1 ? <p><a href={at(`/policies/${policy}/versions/${version}/changes`)}>What has changed, word by word</a></p> : null}
  </article>
)

/** Said to everybody alike. */
export const AskedPage = ({ page }: { page: Page }) => (
  <PlainLayout page={page} title="Look into your mail">
    <h1>Look into your mail</h1>
    <p class="lead">Unless this address is told of changes already, a letter is on its way. Open the link in it, and you will be.</p>
    <p><a href={at('/updates')}>Back to the updates</a></p>
  </PlainLayout>
)

/** A link alone changes nothing: mail programs open links to look at them. */
export const LinkPage = ({ page, what }: { page: Page; what: 'confirm' | 'end' }) => (
  <PlainLayout page={page} title={what === 'confirm' ? 'Be told of changes' : 'No more letters'}>
    <h1>{what === 'confirm' ? 'Be told of changes?' : 'No more letters?'}</h1>
    <Form to={page.path}><Button>{what === 'confirm' ? 'Yes, tell me of changes' : 'Tell me no more, and forget my address'}</Button></Form>
  </PlainLayout>
)

export const DonePage = ({ page, what }: { page: Page; what: 'confirm' | 'end' }) => (
  <PlainLayout page={page} title="Done">
    <h1>{what === 'confirm' ? 'You will be told of changes' : 'You will get no more letters'}</h1>
    <p class="lead">{what === 'confirm' ? 'Every letter carries a link that ends it.' : 'Your address is forgotten.'}</p>
    <p><a href={at('/updates')}>To the updates</a></p>
  </PlainLayout>
)
