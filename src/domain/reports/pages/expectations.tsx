import {
  Button, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, PublicLayout, Select, type Draft,
} from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { listExclusions, setExclusion, type Exclusion } from '../exclusions.ts'
import { listAssets, type Asset } from '../find.ts'
import { addKnown, listKnown, readKnown, retireKnown, type KnownNonFinding } from '../known-non-findings.ts'
import { weaknessName } from '../weaknesses.ts'

/** What a report is compared with before it is sent: exclusions, and what is known to be no weakness. */
export function expectationPages(web: Web): void {
  web.get('/report/known', { may: 'public.read' }, knownPage)
  web.get('/desk/expectations', { may: 'policies.write' }, (page) => expectationsPage(page))
  web.form(setExclusion,
    { at: 'POST /desk/expectations/exclusions', again: (page, input, errors) => expectationsPage(page, 'exclusion', input, errors), done: saved })
  web.form(addKnown, { at: 'POST /desk/expectations/known', again: (page, input, errors) => expectationsPage(page, 'known', input, errors), done: saved })
  web.form(retireKnown, { at: 'POST /desk/expectations/known/:known/end', again: (page) => expectationsPage(page), done: saved })
}

const saved = (_: unknown, page: Page) => {
  page.say('Saved. Reports are compared with it from now on.')
  return '/desk/expectations'
}

async function knownPage(page: Page) {
  const { known } = await page.read(readKnown, {})
  return (
    <PublicLayout page={page} title="Known, and no weakness">
      <PageHead title="Known, and no weakness" lead="What is often reported to us and is no weakness here, and why. If yours goes further, report it." />
      {known.length === 0 ? <Empty title="Nothing is listed" text="Whatever you have found, tell us." /> : known.map((one) => <Known known={one} />)}
    </PublicLayout>
  )
}

const Known = ({ known: { id, title, why, weakness } }: { known: KnownNonFinding }) => (
  <section class="sheet stack" aria-labelledby={`known-${id}`}>
    <h2 id={`known-${id}`}>{title}</h2>
    <p class="as-written">{why}</p>
    {weakness ? <p class="soft">{weaknessName(weakness)}</p> : null}
  </section>
)

async function expectationsPage(page: Page, doing?: 'exclusion' | 'known', input: Entered = {}, errors: FieldErrors = {}) {
  const shown = await page.reading(async (tx) => ({ exclusions: await listExclusions(tx), known: await listKnown(tx), assets: await listAssets(tx) }))
  const draftOf = (name: string): Draft => (doing === name ? { input, errors } : {})
  return (
    <DeskLayout page={page} title="Expectations">
      <PageHead title="Expectations"
        lead="Before a report is sent, its text is compared with this, and the reporter sees what it collides with. It is never refused." />
      <ErrorSummary errors={errors} />
      <h2>What the policy leaves out</h2>
      <Notice>The words decide what is shown, never what is taken in. Write the sentence as your policy says it.</Notice>
      {shown.exclusions.map((exclusion) => <ExclusionForm exclusion={exclusion}
        draft={textOf(input, 'name') === exclusion.name ? draftOf('exclusion') : {}} />)}
      <ExclusionForm draft={shown.exclusions.some(({ name }) => name === textOf(input, 'name')) ? {} : draftOf('exclusion')} />
      <h2>Known, and no weakness</h2>
      {shown.known.map((known) => (
        <>
          <Known known={known} />
          <PostButton to={`/desk/expectations/known/${known.id}/end`} look="quiet">Take off “{known.title}”</PostButton>
        </>
      ))}
      <KnownForm draft={draftOf('known')} assets={shown.assets} />
    </DeskLayout>
  )
}

const ExclusionForm = ({ exclusion, draft }: { exclusion?: Exclusion; draft: Draft }) => {
  const value = (name: string, stored = '') => (draft.input ? kept(draft, name) : { name, value: stored })
  const id = (name: string) => `${(exclusion?.name ?? 'new').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${name}`
  return (
    <details class="sheet" open={draft.input !== undefined}>
      <summary>{exclusion ? <>{exclusion.name}{exclusion.in_force ? '' : ' (off)'}</> : 'Add another'}</summary>
      <Form to="/desk/expectations/exclusions">
        {exclusion ? <input type="hidden" name="name" value={exclusion.name} /> : <Field {...value('name')} id={id('name')} label="What it is" />}
        <Field {...value('sentence', exclusion?.sentence)} id={id('sentence')} label="What the reporter reads" rows={3} />
        <Field {...value('words', exclusion?.words.join('\n'))} id={id('words')} label="Words" rows={6} optional
          hint="Words or phrases, one a line. “flood*” stands for whatever begins so." />
        <label class="choice"><input type="checkbox" name="in_force" value="yes"
          checked={exclusion?.in_force ?? true} /> <span>Texts are compared with it</span></label>
        <Button look="second">Save</Button>
      </Form>
    </details>
  )
}

const KnownForm = ({ draft, assets }: { draft: Draft; assets: readonly Asset[] }) => (
  <details class="sheet" open={draft.input !== undefined}>
    <summary>Add what is known, and no weakness</summary>
    <Form to="/desk/expectations/known">
      <Field {...kept(draft, 'title')} label="What people report" />
      <Field {...kept(draft, 'why')} label="Why it is none" rows={4} hint="Everybody can read it." />
      <Field {...kept(draft, 'words')} label="Words" rows={4} optional hint="Words or phrases by which a report of it is recognised, one a line." />
      <Field {...kept(draft, 'weakness')} label="Kind of weakness" optional hint="A number as in CWE-1021. With words, both have to fit." />
      <Select {...kept(draft, 'asset')} label="Where it holds" optional placeholder="Everywhere"
        options={assets.map(({ id, name }) => ({ value: id, label: name }))} />
      <Button look="second">Publish</Button>
    </Form>
  </details>
)
