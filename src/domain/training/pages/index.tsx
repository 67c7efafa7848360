import { ownPerson } from '../../../access/people.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { certificate, contentDownload, receiptDownload } from '../../../ledger/index.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { readCourse } from '../course-text.ts'
import { courseOf, courses } from '../courses.ts'
import { courseView, ended, packageVisit, underway } from '../find.ts'
import { listMyCourses } from '../my-courses.ts'
import { importPackage } from '../packages/import-package.ts'
import { adoptCourse, publishCourse, withdrawCourse } from '../publish-course.ts'
import { shippedCourses, shippedPicture, shippedText } from '../shipped.ts'
import { answerLesson, beginCourse } from '../take-course.ts'
import { listCourses } from '../team-training.ts'
import { paperOf } from './certificate.ts'
import { CourseOnDesk, DeskTrainingPage } from './desk-training.tsx'
import { LessonPage, ResultPage } from './lesson.tsx'
import { CoursePage, MyTrainingPage } from './my-training.tsx'
import { PackageOnDesk, PackagesPage, PackageVisitPage } from './packages.tsx'
import { runPages } from './run.tsx'

const own = { may: 'own.do' } as const
const manage = { may: 'training.manage' } as const

export function trainingPages(web: Web): void {
  web.get('/courses/pictures/:picture', { may: 'public.read' }, picture)
  web.get('/me/training', own, async (page) => <MyTrainingPage page={page} {...await page.read(listMyCourses, {})} />)
  web.get('/me/training/:course', own, (page) => coursePage(page))
  web.form(beginCourse, {
    at: 'POST /me/training/:course/attempts', again: coursePage,
    done: ({ lessons }, page) => `/me/training/${page.param('course')}${lessons ? '/lessons/1' : ''}`,
  })
  web.get('/me/training/:course/lessons/:lesson', own, (page) => lessonPage(page))
  web.form(answerLesson, {
    at: 'POST /me/training/:course/lessons/:lesson', again: lessonPage,
    done: (result, page) => `/me/training/${page.param('course')}/${result.ended ? `attempts/${result.attempt}` : `lessons/${page.param('lesson')}`}`,
  })
  web.get('/me/training/:course/attempts/:attempt', own, resultPage)
  web.get('/me/training/:course/attempts/:attempt/certificate', own, paper)
  web.get('/me/training/:course/attempts/:attempt/receipt', own, async (page) =>
    receiptDownload(page, page.param('course'), await entryOf(page)))
  web.get('/me/training/:course/attempts/:attempt/content', own, async (page) => contentDownload(page, page.param('course'), await entryOf(page)))
  deskPages(web)
  runPages(web)
}

function deskPages(web: Web): void {
  web.get('/desk/training', manage, (page) => deskPage(page))
  web.get('/desk/training/shipped/:course', manage, (page) => shippedPage(page))
  web.form(adoptCourse, { at: 'POST /desk/training/shipped/:course', again: deskPage, done: () => '/desk/training' })
  web.form(publishCourse, { at: 'POST /desk/training', again: deskPage, done: ({ course }) => `/desk/training/${course}` })
  web.get('/desk/training/packages', manage, (page) => packagesPage(page))
  web.form(importPackage, { at: 'POST /desk/training/packages', again: packagesPage, done: ({ course }) => `/desk/training/${course}` })
  web.get('/desk/training/:course', manage, (page) => courseOnDesk(page))
  web.form(withdrawCourse, { at: 'POST /desk/training/:course/end', again: courseOnDesk, done: () => '/desk/training' })
}

function picture(page: Page): Response {
  const svg = shippedPicture(page.param('picture'))
  if (svg === undefined) throw new NotFound()
  return new Response(svg, { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' } })
}

async function coursePage(page: Page) {
  const { courses } = await page.read(listMyCourses, {})
  const slug = page.param('course')
  const course = courses.find((one) => one.course === slug)
  const visit = await page.reading(async (tx) => packageVisit(tx, await ownPerson(tx, page.actor), slug))
  if (visit && course) return <PackageVisitPage page={page} course={course} visit={visit} />
  const view = await page.reading(async (tx) => courseView(tx, await ownPerson(tx, page.actor), slug))
  return <CoursePage page={page} course={course} view={view} />
}

async function lessonPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const slug = page.param('course')
  const number = Number(page.param('lesson'))
  const mine = await page.reading(async (tx) => underway(tx, await ownPerson(tx, page.actor), slug))
  const lesson = mine.course.lessons[number - 1]
  if (!lesson) throw new NotFound()
  return <LessonPage page={page} slug={slug} number={number} lesson={lesson} underway={mine} input={input} errors={errors} />
}

const endedAt = (page: Page) => page.reading(async (tx) => ended(tx, await ownPerson(tx, page.actor), page.param('attempt')))

const resultPage = async (page: Page) => <ResultPage page={page} slug={page.param('course')} of={await endedAt(page)} />

async function entryOf(page: Page): Promise<string> {
  const { attempt } = await endedAt(page)
  if (!attempt.entry_id) throw new NotFound('There is a certificate only for what was passed.')
  return attempt.entry_id
}

async function paper(page: Page) {
  const { attempt, version } = await endedAt(page)
  return certificate(page, { name: page.param('course'), entryId: await entryOf(page), ...paperOf(attempt, version, learnerName(page)) })
}

const learnerName = ({ actor }: Page) => actor.kind === 'member' ? actor.personName : ''

const deskPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <DeskTrainingPage page={page} {...await page.read(listCourses, {})} input={input} errors={errors} />

async function courseOnDesk(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const slug = page.param('course')
  const given = await page.reading((tx) => courses.getGiven(tx, slug))
  if (given.package) return <PackageOnDesk page={page} given={given} of={given.package} errors={errors} />
  return <CourseOnDesk page={page} course={courseOf(given)} text={given.body} slug={slug} given draft={{ input, errors }} />
}

const packagesPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <PackagesPage page={page} packages={(await page.reading((tx) => courses.given(tx))).filter((course) => course.package)} input={input} errors={errors} />

function shippedPage(page: Page) {
  const shipped = shippedCourses.find((one) => one === page.param('course'))
  if (!shipped) throw new NotFound()
  const text = shippedText(shipped)
  return <CourseOnDesk page={page} course={readCourse(text).course} text={text} slug={shipped} given={false} draft={{}} />
}
