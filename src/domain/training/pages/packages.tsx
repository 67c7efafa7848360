import { memberRoles } from '../../../access/roles.ts'
import { Button, ButtonLink, CheckboxGroup, DataTable, DefinitionList, DeskLayout, Empty, ErrorSummary, Field, FileField, Form, kept, Notice, PageHead,
  PostButton, Select, type Draft } from '../../../ui/index.ts'
import { textOf, valuesOf } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import type { PackageVisit } from '../find.ts'
import type { GivenCourse } from '../courses.ts'
import type { MyCourse } from '../my-courses.ts'
import type { Package } from '../packages/manifest.ts'
import { Attempts } from './my-training.tsx'

/** The packages that the team is given, and the form that imports one. */
export const PackagesPage = ({ page, packages, ...draft }: Draft & { page: Page; packages: readonly GivenCourse[] }) => (
  <DeskLayout page={page} title="Packages">
    <PageHead title="Packages" trail={<a href={at('/desk/training')}>Training</a>}
      lead="Courses that you own as SCORM 1.2 or SCORM 2004. What somebody passes is an entry in the ledger, as with every other course." />
    <ErrorSummary errors={draft.errors} />
    {packages.length === 0
      ? <Empty title="No package is given yet" text="Import one below: the ZIP file that your supplier or your authoring tool gives you." />
      : <DataTable caption="Packages" rows={packages} columns={[
          { head: 'Course', header: true, cell: ({ slug, title }) => <a href={at(`/desk/training/${slug}`)}>{title}</a> },
          { head: 'Version', cell: ({ version }) => version },
          { head: 'Standard', cell: ({ package: scorm }) => `SCORM ${scorm!.standard}` },
          { head: 'Parts', cell: ({ package: scorm }) => scorm!.items.length },
        ]} />}
    {page.deps.courseOrigin ? <ImportForm {...draft} /> : <NoHost />}
  </DeskLayout>
)

const NoHost = () => (
  <Notice tone="warning" title="There is no place for packages to run">
    <p>Their scripts must not run where people sign in. Whoever operates Avow gives them a second host name: the setting <code>AVOW_COURSE_ORIGIN</code>.</p>
  </Notice>
)

const again = [
  { value: '12', label: 'every year' }, { value: '6', label: 'every 6 months' }, { value: '24', label: 'every 2 years' }, { value: '0', label: 'never' },
]

const ImportForm = (draft: Draft & { slug?: string }) => (
  <section class="sheet stack" aria-labelledby="import">
    <h2 id="import">{draft.slug ? 'Its next version' : 'Import a package'}</h2>
    <Form to="/desk/training/packages" files>
      {draft.slug ? <input type="hidden" name="course" value={draft.slug} />
        : <Field {...kept(draft, 'course')} label="Short name" hint="Stands in addresses and rules: fire-safety. An existing name makes its next version." />}
      <FileField name="package" label="The package" accept=".zip" error={draft.errors?.['package']}
        hint="A ZIP file with imsmanifest.xml in it, at most 100 MB." />
      <Field name="minutes" label="Minutes it takes" type="number" value={textOf(draft.input, 'minutes') || '20'} error={draft.errors?.['minutes']} />
      <CheckboxGroup name="roles" label="Who has to pass it" hint="Nothing ticked: everyone." optional values={valuesOf(draft.input, 'roles')}
        error={draft.errors?.['roles']} options={memberRoles.map((role) => ({ value: role, label: role }))} />
      <Select name="again_months" label="Due again" value={textOf(draft.input, 'again_months') || '12'} options={again} />
      <Button>Give it to the team</Button>
    </Form>
  </section>
)

interface OnDesk { page: Page; given: GivenCourse; of: Package; errors: FieldErrors }

/** What the package's manifest says, and where its next version goes. */
export const PackageOnDesk = ({ page, given, of, errors }: OnDesk) => (
  <DeskLayout page={page} title={given.title}>
    <PageHead title={given.title} trail={<a href={at('/desk/training/packages')}>Packages</a>}
      lead={`SCORM ${of.standard}, version ${given.version}, ${given.minutes} minutes, for ${given.roles.join(' and ') || 'everyone'}.`}>
      <PostButton to={`/desk/training/${given.slug}/end`} look="quiet">Stop giving it</PostButton>
    </PageHead>
    <ErrorSummary errors={errors} />
    {of.ordered ? <Notice>It has rules about the order of its parts. They are not followed: learners open the parts as they like, and have to pass
      all.</Notice> : null}
    <DataTable caption="Parts" rows={of.items} columns={[
      { head: 'Part', header: true, cell: ({ title }) => title },
      { head: 'Passed', cell: ({ reports, pass }) => !reports ? 'once it was opened' : pass === null ? 'when it says so'
        : of.standard === '1.2' ? `from a score of ${pass}` : `from ${Math.round(pass * 100)} %` },
    ]} />
    <DefinitionList of={[['SHA-256 of the package', <code>{given.body_sha256.toString('hex')}</code>]]} />
    <p class="soft">A package judges in its learner’s browser. Somebody who knows how can make it say anything: entries of packages carry that it was the
      browser that said so.</p>
    {page.deps.courseOrigin ? <ImportForm slug={given.slug} errors={errors} /> : <NoHost />}
  </DeskLayout>
)

interface Visit { page: Page; course: MyCourse; visit: PackageVisit }

/** Before a package is opened, between two visits, and after it. */
export const PackageVisitPage = ({ page, course, visit: { package: { items }, begun, path } }: Visit) => (
  <DeskLayout page={page} title={course.title}>
    <PageHead title={course.title} trail={<a href={at('/me/training')}>My training</a>}
      lead={`${course.minutes} minutes${items.length > 1 ? `, ${items.length} parts` : ''}. It was made elsewhere, and judges itself.`} />
    {page.deps.courseOrigin === undefined
      ? <Notice tone="warning" title="It cannot be opened yet">Whoever operates Avow has to give packages a host of their own: the setting
          AVOW_COURSE_ORIGIN.</Notice>
      : path === null
        ? <PostButton to={`/me/training/${course.course}/attempts`} look="first">{course.attempts.length > 0 ? 'Take it again' : 'Begin'}</PostButton>
        : <>
            <div class="actions">
              <ButtonLink href={`${page.deps.courseOrigin}/o/${page.organization.slug}${path}`}>{begun ? 'Go on with the course'
                : 'Open the course'}</ButtonLink>
            </div>
            <p class="soft">It opens at {new URL(page.deps.courseOrigin).host}, apart from where you sign in, and needs scripts. It is not told your
              name. Nothing in it
              needs your password.</p>
          </>}
    {course.attempts.length > 0 ? <Attempts course={course} zone={page.zone} /> : null}
  </DeskLayout>
)
