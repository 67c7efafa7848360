import { ButtonLink, DataTable, DeskLayout, Empty, PageHead, PostButton, Time } from '../../../ui/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { CourseView } from '../find.ts'
import type { MyCourse } from '../my-courses.ts'
import { CourseText } from './question.tsx'

const states = { 'to do': 'to do', begun: 'begun', passed: 'passed', again: 'due again' } as const

/** What I have to learn first, then what I may. */
export const MyTrainingPage = ({ page, courses }: { page: Page; courses: readonly MyCourse[] }) => (
  <DeskLayout page={page} title="My training">
    <PageHead title="My training" lead="Short courses. You can stop anywhere and go on later." />
    {courses.length === 0
      ? <Empty title="No course is given" text="As soon as your organisation gives one, it stands here." />
      : <DataTable caption="Courses" rows={courses.toSorted((a, b) => rank(a) - rank(b))} columns={[
          { head: 'Course', header: true, cell: ({ course, title }) => <a href={at(`/me/training/${course}`)}>{title}</a> },
          { head: 'Takes', cell: ({ minutes }) => `${minutes} minutes` },
          { head: 'For you', cell: ({ required }) => required ? 'has to be passed' : 'if you like' },
          { head: 'Stands', cell: (course) => <CourseState course={course} zone={page.zone} /> },
        ]} />}
  </DeskLayout>
)

const rank = ({ required, state }: MyCourse) => (state === 'passed' ? 2 : 0) + (required ? 0 : 1)

const CourseState = ({ course: { state, good_until: until }, zone }: { course: MyCourse; zone: string }) => (
  <>{states[state]}{state === 'passed' && until ? <>, counts until <Time at={until} zone={zone} /></> : null}</>
)

/** Before it begins, between two lessons, and after it: one page that says what comes next. */
export const CoursePage = ({ page, course, view }: { page: Page; course: MyCourse | undefined; view: CourseView }) => {
  if (!course) throw new NotFound()
  const next = view.next
  return (
    <DeskLayout page={page} title={course.title}>
      <PageHead title={course.title} trail={<a href={at('/me/training')}>My training</a>}
        lead={`${course.minutes} minutes, ${view.lessons.length} lessons. ${Math.round(view.passMark * 100)} % of the answers have to be right.`} />
      <div class="prose lesson"><CourseText of={view.lead} /></div>
      {next === null
        ? <PostButton to={`/me/training/${course.course}/attempts`} look="first">{course.attempts.length > 0 ? 'Take it again' : 'Begin'}</PostButton>
        : <ButtonLink href={at(`/me/training/${course.course}/lessons/${next}`)}>Go on with lesson {next}</ButtonLink>}
      <section class="stack" aria-labelledby="lessons">
        <h2 id="lessons">Lessons</h2>
        <ol>{view.lessons.map((title, i) => <li>{next !== null && i + 1 < next ? <a href={at(`/me/training/${course.course}/lessons/${i + 1}`)}>{title}</a>
          : title}</li>)}</ol>
      </section>
      {course.attempts.length > 0 ? <Attempts course={course} zone={page.zone} /> : null}
    </DeskLayout>
  )
}

export const Attempts = ({ course, zone }: { course: MyCourse; zone: string }) => (
  <DataTable caption="Your attempts" unseenCaption={false} rows={course.attempts} columns={[
    { head: 'Ended', header: true, cell: ({ attempt, ended_at: ended }) => <a href={at(`/me/training/${course.course}/attempts/${attempt}`)}><Time at={ended}
      zone={zone} /></a> },
    { head: 'Right', cell: ({ right, questions, score }) => questions !== null ? `${right} of ${questions}`
      : score === null ? 'not said' : `${Math.round(score * 100)} %` },
    { head: 'Result', cell: ({ passed }) => passed ? 'passed' : 'not passed' },
  ]} />
)
