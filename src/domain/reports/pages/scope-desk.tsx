import { capital } from '../../../lib/words.ts'
import { Button, Checkbox, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, Select } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listAssets, type Asset } from '../find.ts'
import { addAsset, retireAsset } from '../manage-assets.ts'
import { assetKinds } from '../report.ts'

/** What researchers may test and what not; they read it before they write. */
export function scopePages(web: Web): void {
  web.get('/desk/scope', { may: 'policies.write' }, (page) => scopePage(page))
  web.form(addAsset, { at: 'POST /desk/scope', again: scopePage, done: saying('Added. Researchers see it above the form now.') })
  web.form(retireAsset, { at: 'POST /desk/scope/:asset/retirement', again: scopePage, done: saying('Taken off the list. Reports about it stay.') })
}

const saying = (sentence: string) => (_: unknown, page: Page) => {
  page.say(sentence)
  return '/desk/scope'
}

async function scopePage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const assets = await page.reading(listAssets)
  const draft = { input, errors }
  return (
    <DeskLayout page={page} title="Scope">
      <PageHead title="Scope" lead="What may be tested and what not. Every change stands in the ledger." />
      <ErrorSummary errors={errors} />
      <p><a href={at('/desk/expectations')}>What a report is compared with before it is sent</a> ·{' '}
        <a href={at('/desk/scope/elsewhere')}>The form on your own site</a></p>
      {assets.length > 0
        ? <AssetTable assets={assets} />
        : <Empty title="Nothing is listed yet"
          text="Without a list researchers have to guess, and guess wrong. Begin with the thing that your customers use." />}
      <section class="sheet stack" aria-labelledby="new-asset">
        <h2 id="new-asset">Add to the list</h2>
        <Form to="/desk/scope">
          <Field {...kept(draft, 'name')} label="Name" hint="What people call it." />
          <Select {...kept(draft, 'kind')} label="What it is" options={assetKinds.map((value) => ({ value, label: capital(value) }))} />
          <Field {...kept(draft, 'locator')} label="Where it is" optional hint="An address, a package, a repository." />
          <Field {...kept(draft, 'note')} label="What testers should know" optional />
          <Checkbox name="in_scope" label="In scope: it may be tested" hint="Without the tick it is named as out of scope."
            checked={Object.keys(input).length === 0 || textOf(input, 'in_scope') !== ''} />
          <Button>Add</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}

const AssetTable = ({ assets }: { assets: readonly Asset[] }) => (
  <DataTable caption="Scope" rows={assets} columns={[
    { head: 'Name', header: true, cell: (asset) => asset.name },
    { head: 'Scope', cell: (asset) => (asset.in_scope ? 'in scope' : 'not in scope') },
    { head: 'What', cell: (asset) => asset.kind },
    { head: 'Where', cell: (asset) => (asset.locator ? <code>{asset.locator}</code> : null) },
    { head: 'Note', cell: (asset) => asset.note },
    { head: 'Releases', cell: (asset) => <a href={at(`/desk/scope/${asset.id}/releases`)}>Releases<span class="unseen"> of {asset.name}</span></a> },
    { head: 'Take off', cell: (asset) => <Form to={`/desk/scope/${asset.id}/retirement`}><Button look="quiet">Take off {asset.name}</Button></Form> },
  ]} />
)
