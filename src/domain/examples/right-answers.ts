import { readCourse, shippedText, type Answers, type Question, type ShippedCourse } from '../training/index.ts'

/** What answers each lesson of a course that comes with Avow, as `course.answer` takes it. */
export const rightAnswers = (course: ShippedCourse): Answers[] =>
  readCourse(shippedText(course)).course.lessons.map(({ questions }) => Object.fromEntries(questions.map((question) => [question.id, rightAnswer(question)])))

function rightAnswer({ kind, options }: Question): Answers[string] {
  const right = options.filter((option) => option.right).map(({ key }) => key)
  return kind === 'order' ? Object.fromEntries(right.map((key, i) => [key, String(i + 1)])) : right
}
