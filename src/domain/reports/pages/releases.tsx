import { Button, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, PostButton } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { addReleases, listReleases, removeRelease } from '../releases.ts'

/** Which releases of something in scope there are, so that a report's version can be told apart from one that never was. */
export function releasePages(web: Web): void {
  web.get('/desk/scope/:asset/releases', { may: 'policies.write' }, (page) => releasesPage(page))
  web.form(addReleases, {
    at: 'POST /desk/scope/:asset/releases', again: releasesPage,
    done({ added }, page) {
      page.say(added === 1 ? 'One release is listed.' : `${added} releases are listed.`)
      return `/desk/scope/${page.param('asset')}/releases`
    },
  })
  web.form(removeRelease, {
    at: 'POST /desk/scope/:asset/releases/:release/end', again: releasesPage, done: (_, page) => `/desk/scope/${page.param('asset')}/releases`,
  })
}

async function releasesPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const asset = page.param('asset')
  const { name, releases } = await page.read(listReleases, { asset })
  return (
    <DeskLayout page={page} title={`Releases of ${name}`}>
      <PageHead trail={<a href={at('/desk/scope')}>Scope</a>} title={`Releases of ${name}`}
        lead="A report about a version that is not listed says so, before it is sent and on its case. It is never refused." />
      <ErrorSummary errors={errors} />
      <section class="sheet stack" aria-labelledby="add-title">
        <h2 id="add-title">Add releases</h2>
        <Form to={`/desk/scope/${asset}/releases`}>
          <Field {...kept({ input, errors }, 'releases')} label="Releases" rows={5} code
            hint="One a line, as from a spreadsheet: version or tag, commit, date. Only the version is needed: 1.4.2, 3f5e7d1a, 2026-03-01" />
          <Button>Add</Button>
        </Form>
      </section>
      {releases.length === 0
        ? <Empty title="No release is listed" text="Until one is, any version that a report names is taken as it is." />
        : <DataTable caption="Releases" rows={releases} columns={[
          { head: 'Version', header: true, cell: (release) => release.version },
          { head: 'Commit', cell: (release) => (release.commit_id ? <code>{release.commit_id.slice(0, 12)}</code> : null) },
          { head: 'Date', cell: (release) => release.released_on },
          { head: 'Take off', cell: (release) => (
            <PostButton to={`/desk/scope/${asset}/releases/${release.id}/end`} look="quiet">Take off {release.version}</PostButton>) },
        ]} />}
    </DeskLayout>
  )
}
