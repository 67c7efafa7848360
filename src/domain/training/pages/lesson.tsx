import { Button, ButtonLink, DataTable, DefinitionList, DeskLayout, ErrorSummary, Form, Notice, PageHead, PostButton, Progress,
  Time } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import { questionsOf, type Lesson } from '../course-text.ts'
import type { Underway } from '../find.ts'
import { isAnswered, isRight } from '../grade.ts'
import { CourseText, QuestionPart } from './question.tsx'

interface LessonProps { page: Page; slug: string; number: number; lesson: Lesson; underway: Underway; input: Entered; errors: FieldErrors }

/** One lesson with its questions. Answered, it stays readable, with what was right and why. */
export const LessonPage = ({ page, slug, number, lesson, underway: { attempt, course }, input, errors }: LessonProps) => {
  const answered = lesson.questions.every((question) => isAnswered(question, attempt.answers))
  const asked = <QuestionList lesson={lesson} attemptId={attempt.id} answers={attempt.answers} input={input} errors={errors} />
  const here = `/me/training/${slug}`
  return (
    <DeskLayout page={page} title={lesson.title}>
      <PageHead title={lesson.title} trail={<a href={at(here)}>{course.title}</a>} lead={`Lesson ${number} of ${course.lessons.length}`} />
      <Progress label="How far you are" value={number - 1} max={course.lessons.length} />
      <ErrorSummary errors={errors} />
      <div class="prose lesson"><CourseText of={lesson.text} level={-1} /></div>
      {answered && number < course.lessons.length
        ? <>{asked}<ButtonLink href={at(`${here}/lessons/${number + 1}`)}>Lesson {number + 1}: {course.lessons[number]!.title}</ButtonLink></>
        : answered && lesson.questions.length > 0 ? asked
        : <Form to={`${here}/lessons/${number}`} wide>{asked}<Button>{lesson.questions.length > 0 ? 'Answer' : 'Go on'}</Button></Form>}
    </DeskLayout>
  )
}

const QuestionList = ({ lesson, ...rest }: { lesson: Lesson } & Omit<Parameters<typeof QuestionPart>[0], 'question' | 'number'>) =>
  <>{lesson.questions.map((question, i) => <QuestionPart question={question} number={i + 1} {...rest} />)}</>

/** How it ended, what was not right and why, and the certificate. */
export const ResultPage = ({ page, slug, of: { attempt, version, course } }: { page: Page; slug: string; of: Underway }) => {
  const wrong = questionsOf(course).filter((question) => !isRight(question, attempt.answers))
  const here = `/me/training/${slug}/attempts/${attempt.id}`
  return (
    <DeskLayout page={page} title={attempt.passed ? 'Passed' : 'Not passed'}>
      <PageHead title={attempt.passed ? 'You have passed' : 'Not passed this time'} trail={<a href={at(`/me/training/${slug}`)}>{version.title}</a>}
        lead={version.package ? reported(attempt.score)
          : `${attempt.right_answers} of ${attempt.questions} answers are right; ${Math.ceil(version.pass_mark * attempt.questions!)} have to be.`} />
      {attempt.passed
        ? <>
            <DefinitionList of={[['Course', `${version.title}, version ${version.version}`], ['Passed', <Time at={attempt.ended_at!} zone={page.zone} />]]} />
            <div class="actions">
              <ButtonLink href={at(`${here}/certificate`)}>Certificate (PDF)</ButtonLink>
              <ButtonLink href={at(`${here}/receipt`)} look="second">Receipt</ButtonLink>
              <ButtonLink href={at(`${here}/content`)} look="second">Content file</ButtonLink>
            </div>
          </>
        : <>
            <Notice>{version.package ? 'Take it again. Nobody counts how often.' : 'Read what is below, then take it again. Nobody counts how often.'}</Notice>
            <PostButton to={`/me/training/${slug}/attempts`} look="first">Take it again</PostButton>
          </>}
      {wrong.length > 0 ? <h2>What was not right</h2> : null}
      {wrong.map((question, i) => <QuestionPart question={question} number={i + 1} attemptId={attempt.id} answers={attempt.answers} input={{}} errors={{}} />)}
    </DeskLayout>
  )
}

const reported = (score: number | null) => `The package says so${score === null ? '' : `, with ${Math.round(score * 100)} %`}.`

interface GroupRow {
  readonly course: string
  readonly title: string
  readonly version: number
  readonly passed: number
  readonly due: number
  readonly origin: string
}

/** The desk's list of courses: how the team stands as a group. */
export const CoursesTable = ({ rows }: { rows: readonly GroupRow[] }) => (
  <DataTable caption="Courses" rows={rows} columns={[
    { head: 'Course', header: true, cell: ({ course, title }) => <a href={at(`/desk/training/${course}`)}>{title}</a> },
    { head: 'Version', cell: ({ version }) => version },
    { head: 'Have passed', cell: ({ passed, due }) => `${passed} of ${passed + due}` },
    { head: 'Text', cell: ({ origin }) => origin },
  ]} />
)
