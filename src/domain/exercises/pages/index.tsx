import { NotFound } from '../../../lib/errors.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { endExercise } from '../end-exercise.ts'
import { listExercises } from '../list-exercises.ts'
import { noticePhishing } from '../notice-phishing.ts'
import { exerciseOfLink, openLesson } from '../open-lesson.ts'
import { planExercise } from '../plan-exercise.ts'
import { ExercisesPage, NewExercisePage } from './exercises.tsx'
import { LessonPage, NoLessonPage, NoticePage } from './lesson.tsx'
import { templates } from './templates.ts'

const manage = { may: 'training.manage' } as const

export function exercisePages(web: Web): void {
  web.get('/desk/exercises', manage, (page) => exercisesPage(page))
  web.get('/desk/exercises/new/:template', manage, (page) => newPage(page))
  web.form(planExercise, { at: 'POST /desk/exercises/new/:template', again: newPage, done: (_, page) => said(page, 'It waits for a second person.') })
  web.form(endExercise, { at: 'POST /desk/exercises/:exercise/end', again: exercisesPage, done: (_, page) => said(page, 'It has ended.') })
  web.get('/me/phishing', { may: 'own.do' }, (page) => <NoticePage page={page} />)
  web.form(noticePhishing, {
    at: 'POST /me/phishing', limit: { name: 'phishing notice', count: 30, perSeconds: 3600 },
    again: (page, input, errors) => <NoticePage page={page} input={input} errors={errors} />, done: noticed,
  })
  web.get('/lesson/:token', { may: 'public.read' }, (page) => lessonPage(page, false))
  web.form(openLesson, {
    at: 'POST /lesson/:token', again: (page) => lessonPage(page, false), done: async (_, page) => html(await lessonPage(page, true)),
  })
}

function said(page: Page, sentence: string): string {
  page.say(sentence)
  return '/desk/exercises'
}

function noticed({ exercise }: { exercise: boolean }, page: Page): string {
  page.say(exercise ? 'Well seen: it was an exercise of ours. Keep it to yourself until everybody had theirs.'
    : 'Thank you. The security team knows, and will ask you for the mail.')
  return '/me/phishing'
}

const exercisesPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <ExercisesPage page={page} rows={(await page.read(listExercises, {})).exercises} input={input} errors={errors} />

function newPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const template = templates.find(({ name }) => name === page.param('template'))
  if (!template) throw new NotFound()
  return <NewExercisePage page={page} template={template} input={input} errors={errors} />
}

async function lessonPage(page: Page, seen: boolean) {
  const exercise = await page.reading((tx) => exerciseOfLink(tx, page.param('token')))
  return exercise ? <LessonPage page={page} exercise={exercise} seen={seen} /> : <NoLessonPage page={page} />
}
