import { hash } from 'node:crypto'
import { z } from 'zod'
import { questionsOf, type Course, type Option, type Question } from './course-text.ts'

/**
 * What somebody answered, by the question's id: the key of one answer; the keys of several; for an order each key's place, from 1.
 * As a form sends it or as JSON: `{ "1.1": "2", "1.2": ["0", "3"], "2.1": { "0": "2", "1": "1" } }`.
 */
const Answer = z.union([z.string().max(20), z.array(z.string().max(20)).max(50), z.record(z.string().max(20), z.string().max(20))])
export const Answers = z.record(z.string().regex(/^\d{1,3}\.\d{1,3}$/), Answer)
export type Answers = z.output<typeof Answers>
type Answer = z.output<typeof Answer>

/** Whether anything at all was answered. */
export const isAnswered = (question: Question, answers: Answers): boolean => chosen(question, answers[question.id]).length > 0

/** All or nothing: every right answer and no wrong one; the whole order. */
export function isRight(question: Question, answers: Answers): boolean {
  const given = chosen(question, answers[question.id])
  const wanted = question.options.filter((option) => option.right).map((option) => option.key)
  const asked = question.kind === 'order' ? given : given.toSorted()
  return asked.join() === (question.kind === 'order' ? wanted : wanted.toSorted()).join()
}

/** The keys that were chosen; for an order all of them, in the order that was given. What the question does not offer is nothing. */
export function chosen({ kind, options }: Question, answer: Answer | undefined): string[] {
  if (answer === undefined) return []
  const known = (keys: string[]) => keys.filter((key) => options.some((option) => option.key === key))
  if (kind !== 'order') return [...new Set(known(typeof answer === 'string' ? [answer] : Object.values(answer)))]
  const places = typeof answer === 'object' && !Array.isArray(answer) ? Object.entries(answer) : []
  return known(places.filter(([, place]) => /^\d+$/.test(place)).toSorted(([, a], [, b]) => Number(a) - Number(b)).map(([key]) => key))
}

export interface Grade { readonly right: number; readonly questions: number; readonly passed: boolean }

export function gradeOf(course: Course, answers: Answers): Grade {
  const questions = questionsOf(course)
  const right = questions.filter((question) => isRight(question, answers)).length
  // Rounding must not fail somebody who has exactly the share that is asked for.
  return { right, questions: questions.length, passed: right / questions.length >= course.settings.passMark - 1e-9 }
}

/** The first lesson, from 1, with a question that nobody answered yet; null: all are answered. */
export function openLesson(course: Course, answers: Answers): number | null {
  const index = course.lessons.findIndex(({ questions }) => questions.some((question) => !isAnswered(question, answers)))
  return index === -1 ? null : index + 1
}

/** The answers as one attempt shows them: in an order of its own, the same on every page of it. A mail is always judged in the order of the text. */
export function shuffled({ id, kind, options }: Question, attemptId: string): readonly Option[] {
  if (kind === 'mail') return options
  const place = ({ key }: Option) => hash('sha256', `${attemptId}\n${id}\n${key}`)
  return options.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
}
