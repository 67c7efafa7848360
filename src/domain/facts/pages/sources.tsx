import { Button, ButtonLink, DeskLayout, Empty, ErrorSummary, Field, Form, PageHead, PostButton, Time } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { attachSource, detachSource, listSources } from '../source/attach-source.ts'

export function sourcePages(web: Web): void {
  web.get('/desk/repositories', { may: 'policies.write' }, (page) => sourcesPage(page))
  web.form(attachSource, { at: 'POST /desk/repositories/:asset', again: sourcesPage, done: saying('Attached. It is fetched in a moment, and then daily.') })
  web.form(detachSource, { at: 'POST /desk/repositories/:asset/end', again: sourcesPage, done: saying('Nothing is looked up there any more.') })
}

const saying = (sentence: string) => (_: unknown, page: Page) => {
  page.say(sentence)
  return '/desk/repositories'
}

async function sourcesPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { assets } = await page.read(listSources, {})
  const wrong = page.params['asset']
  return (
    <DeskLayout page={page} title="Repositories">
      <PageHead title="Repositories" lead="Where the source is: files, lines, commits and names that a report cites are looked up there." />
      <ErrorSummary errors={errors} />
      {assets.length === 0
        ? (
          <Empty title="Nothing is listed yet" text="A repository belongs to something in the scope list.">
            <ButtonLink href={at('/desk/scope')}>To the scope list</ButtonLink>
          </Empty>
        )
        : assets.map((asset) =>
          <AssetSource {...asset} zone={page.zone} {...wrong === asset.id && { entered: textOf(input, 'location'), error: errors['location'] }} />)}
    </DeskLayout>
  )
}

interface Shown {
  id: string
  name: string
  source: { location: string; fetched_at: string | null; problem: string | null } | null
  zone: string
  entered?: string
  error?: string | undefined
}

const AssetSource = ({ id, name, source, zone, entered, error }: Shown) => (
  <section class="sheet stack" aria-labelledby={`asset-${id}`}>
    <h2 id={`asset-${id}`}>{name}</h2>
    {source ? <p><code>{source.location}</code> <span class="soft"><Fetched {...source} zone={zone} /></span></p> : <p class="soft">No source is attached.</p>}
    <Form to={`/desk/repositories/${id}`}>
      <Field name="location" id={`location-${id}`} label="Repository" value={entered ?? source?.location ?? ''} error={error}
        hint="An https address of a Git repository, or the name of a folder among the mirrors that the server’s operator keeps." />
      <Button look="second">{source ? 'Save and fetch' : 'Attach'}</Button>
    </Form>
    {source ? <PostButton to={`/desk/repositories/${id}/end`} look="quiet">Detach the source of {name}</PostButton> : null}
  </section>
)

const Fetched = ({ fetched_at: fetched, problem, zone }: { fetched_at: string | null; problem: string | null; zone: string }) => (
  <>
    {fetched ? <>Fetched on <Time at={fetched} zone={zone} />.</> : 'Not fetched yet.'}
    {problem ? ` The newest try failed: ${problem}.` : ''}
  </>
)
