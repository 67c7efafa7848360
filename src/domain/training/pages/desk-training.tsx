import { Button, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, PostButton, type Draft } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Course } from '../course-text.ts'
import { CoursesTable } from './lesson.tsx'
import { CourseText, QuestionPart } from './question.tsx'

interface Row {
  readonly course: string
  readonly title: string
  readonly version: number
  readonly origin: string
  readonly passed: number
  readonly due: readonly string[]
}

/** What the team learns, and how it stands as a group. */
export const DeskTrainingPage = ({ page, courses, shipped, ...draft }: Draft & { page: Page; courses: readonly Row[]; shipped: readonly string[] }) => (
  <DeskLayout page={page} title="Training">
    <PageHead title="Training" lead="Courses that the team passes. What somebody passes is an entry in the ledger." />
    <ErrorSummary errors={draft.errors} />
    {courses.length > 0
      ? <CoursesTable rows={courses.map((course) => ({ ...course, due: course.due.length }))} />
      : <Empty title="No course is given yet" text="Begin with one that comes with Avow, or write your own." />}
    {shipped.length > 0 ? <Shipped names={shipped} /> : null}
    <p><a href={at('/desk/training/packages')}>Packages (SCORM)</a> that you own are imported on a page of their own.</p>
    <section class="sheet stack" aria-labelledby="own">
      <h2 id="own">A course of your own</h2>
      <Form to="/desk/training" guard>
        <Field {...kept(draft, 'course')} label="Short name" hint="Stands in addresses and rules: secure-coding. An existing name makes its next version." />
        <Field {...kept(draft, 'text')} label="The course, in Markdown" rows={16} code
          hint={<>A heading, lessons under “## …”, questions under “### Question: …”.</>} />
        <Button>Give it to the team</Button>
      </Form>
    </section>
  </DeskLayout>
)

const Shipped = ({ names }: { names: readonly string[] }) => (
  <section class="stack" aria-labelledby="shipped">
    <h2 id="shipped">Come with Avow</h2>
    <ul class="results stack">{names.map((name) => (
      <li class="actions"><a href={at(`/desk/training/shipped/${name}`)}>{name.replaceAll('-', ' ')}</a>
        <PostButton to={`/desk/training/shipped/${name}`} values={{}}>Give {name.replaceAll('-', ' ')} to the team</PostButton></li>
    ))}</ul>
  </section>
)

interface Shown { page: Page; course: Course; text: string; slug: string; given: boolean; draft: Draft }

/** The whole course on one page, with its right answers: for whoever decides what the team learns. */
export const CourseOnDesk = ({ page, course, text, slug, given, draft }: Shown) => (
  <DeskLayout page={page} title={course.title}>
    <PageHead title={course.title} trail={<a href={at('/desk/training')}>Training</a>}
      lead={`${course.settings.minutes} minutes, for ${course.settings.roles.join(' and ') || 'everyone'}, ${again(course)}.`}>
      {given ? <PostButton to={`/desk/training/${slug}/end`} look="quiet">Stop giving it</PostButton> : null}
    </PageHead>
    <ErrorSummary errors={draft.errors} />
    <div class="prose lesson"><CourseText of={course.lead} /></div>
    {course.lessons.map((lesson) => (
      <section class="stack">
        <h2>{lesson.title}</h2>
        <div class="prose lesson"><CourseText of={lesson.text} /></div>
        {lesson.questions.map((question, i) => (
          <QuestionPart question={question} number={i + 1} attemptId="" answers={{ [question.id]: solved(question) }} input={{}} errors={{}} />
        ))}
      </section>
    ))}
    {given ? (
      <section class="sheet stack" aria-labelledby="next">
        <h2 id="next">Its next version</h2>
        <Form to="/desk/training" guard>
          <input type="hidden" name="course" value={slug} />
          <Field name="text" label="The course, in Markdown" rows={24} code value={text} />
          <Button>Give this version to the team</Button>
        </Form>
      </section>
    ) : null}
  </DeskLayout>
)

const again = ({ settings: { againMonths: months } }: Course) => months === 0 ? 'once' : months % 12 === 0
  ? `every ${months === 12 ? '' : `${months / 12} `}year${months > 12 ? 's' : ''}` : `every ${months} months`

/** The right answer, as somebody would give it. */
const solved = ({ kind, options }: Course['lessons'][number]['questions'][number]) => kind === 'order'
  ? Object.fromEntries(options.map(({ key }, i) => [key, String(i + 1)]))
  : options.filter((option) => option.right).map(({ key }) => key)
