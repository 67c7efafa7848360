import { Button, DefinitionList, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, Select } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { renameOrganization, setLanguage } from '../describe-organization.ts'

const home = '/desk/organization'

/** What the company is called, and in which language people write to it. */
export function organizationPages(web: Web): void {
  web.get(home, { may: 'organization.manage' }, (page) => organizationPage(page))
  const done = (sentence: string) => (_: unknown, page: Page) => { page.say(sentence); return home }
  web.form(renameOrganization, { at: 'POST /desk/organization/name', again: organizationPage, done: done('Renamed.') })
  web.form(setLanguage, {
    at: 'POST /desk/organization/language', again: organizationPage,
    done: done('Set. What is there is being indexed anew; until then search may miss some of it.'),
  })
}

const names: Readonly<Record<string, string>> =
  { en: 'English', de: 'German', fr: 'French', es: 'Spanish', it: 'Italian', nl: 'Dutch', pt: 'Portuguese' }

async function organizationPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { language } = await page.reading((tx) =>
    tx.db.selectFrom('organizations').select('language').where('id', '=', page.organization.id).executeTakeFirstOrThrow())
  const draft = { input: { name: page.organization.name, language, ...input }, errors }
  return (
    <DeskLayout page={page} title="Organisation">
      <PageHead title="Organisation" lead={<>Time zone, workdays and holidays are on the <a href={at('/desk/calendar')}>calendar</a>.</>} />
      <ErrorSummary errors={errors} />
      <section class="sheet stack">
        <h2>Name</h2>
        <Form to="/desk/organization/name">
          <Field {...kept(draft, 'name')} label="Name" maxlength={200} hint="It stands on every page and in the OpenPGP key." />
          <Button>Rename</Button>
        </Form>
      </section>
      <section class="sheet stack">
        <h2>Language</h2>
        <Form to="/desk/organization/language">
          <Select {...kept(draft, 'language')} label="Language" hint="In which people write here. Search knows its endings of words."
            options={Object.entries(names).map(([value, label]) => ({ value, label }))} />
          <Button>Set the language</Button>
        </Form>
      </section>
      <DefinitionList of={[['Address', <code>{page.address('/')}</code>], ['The log signs as', <code>{page.organization.logOrigin}</code>]]} />
    </DeskLayout>
  )
}
