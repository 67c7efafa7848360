import type { Heading, List, ListItem, RootContent } from 'mdast'
import { plainText } from '../../lib/markdown.ts'
import { readTitled, type Problem } from '../texts/index.ts'
import { settingsOf, type CourseSettings } from './course-settings.ts'

/** How a question is answered: one answer, every right one, an order, or a mail to judge. */
export type QuestionKind = 'single' | 'multiple' | 'order' | 'mail'

export interface Option {
  /** Its place in the text, from 0: what a browser sends back. */
  readonly key: string
  readonly words: ListItem['children']
  readonly right: boolean
}

export interface Question {
  /** `2.1`: the first question of the second lesson. Answers are kept under it. */
  readonly id: string
  readonly kind: QuestionKind
  readonly prompt: string
  /** What stands between the prompt and the answers. */
  readonly before: readonly RootContent[]
  readonly mail: Mail | null
  /** In the order of the text, which for an order is the right one. */
  readonly options: readonly Option[]
  /** Said once it is answered. */
  readonly because: readonly RootContent[]
}

export interface Mail { readonly headers: readonly (readonly [name: string, value: string])[]; readonly body: string }

export interface Lesson { readonly title: string; readonly text: readonly RootContent[]; readonly questions: readonly Question[] }

export interface Course {
  readonly title: string
  readonly settings: CourseSettings
  /** What stands before the first lesson. */
  readonly lead: readonly RootContent[]
  readonly lessons: readonly Lesson[]
}

/**
 * Reads a course from Markdown: `docs/formats/courses.md`. What is wrong with it is listed, each with its line; a course with a
 * problem is not published.
 */
export function readCourse(markdown: string): { course: Course; problems: readonly Problem[] } {
  const { root, title, problems } = readTitled(markdown, { noun: 'course', like: 'Phishing' })
  const blocks = root.children.filter((node) => node.type !== 'html')
  const heading = blocks.find((node) => isHeading(node, 1))
  const [lead = [], ...lessons] = cut(blocks.filter((node) => node !== heading), 2)
  const { settings, rest, problems: wrong } = settingsOf(lead)
  problems.push(...wrong)
  if (lessons.length === 0) problems.push({ line: 1, message: 'There is no lesson. Each begins with a heading: “## What a lure looks like”.' })
  const course: Course = {
    title, settings, lead: rest,
    lessons: lessons.map((lesson, i) => readLesson(lesson, i + 1, problems)),
  }
  if (lessons.length > 0 && questionsOf(course).length === 0) problems.push({ line: 1, message: 'There is no question, so nobody could pass.' })
  return { course, problems: problems.toSorted((a, b) => a.line - b.line) }
}

export const questionsOf = (course: Pick<Course, 'lessons'>): readonly Question[] => course.lessons.flatMap(({ questions }) => questions)

const isHeading = (node: RootContent, depth: number): node is Heading => node.type === 'heading' && node.depth === depth

/** The blocks before the first heading of this depth, and then each heading with what follows it. */
function cut(blocks: readonly RootContent[], depth: number): RootContent[][] {
  const parts: RootContent[][] = [[]]
  for (const block of blocks) {
    if (isHeading(block, depth)) parts.push([])
    parts.at(-1)!.push(block)
  }
  return parts
}

function readLesson([heading, ...blocks]: readonly RootContent[], number: number, problems: Problem[]): Lesson {
  const text: RootContent[] = []
  const questions: Question[] = []
  for (const part of cut(blocks, 3)) {
    const asked = part[0] && isHeading(part[0], 3) ? askedBy(part[0]) : null
    if (!asked) text.push(...part)
    else {
      const { question, rest } = readQuestion(asked, part, `${number}.${questions.length + 1}`, problems)
      questions.push(question)
      if (rest.length > 0) problems.push({ line: lineOf(rest[0]!),
        message: 'After the answers stands at most one quotation with the reason; other text goes before the question.' })
    }
  }
  return { title: plainText(heading!), text, questions }
}

interface Asked { readonly kind: QuestionKind; readonly prompt: string }

const openings: readonly (readonly [RegExp, QuestionKind])[] = [
  [/^question:\s*/i, 'single'], [/^choose all:\s*/i, 'multiple'], [/^put in order:\s*/i, 'order'], [/^judge this mail:\s*/i, 'mail'],
]

/** A third-level heading asks something only where it opens with one of the four words; else it is a heading of the lesson. */
function askedBy(heading: Heading): Asked | null {
  const words = plainText(heading)
  const found = openings.find(([opening]) => opening.test(words))
  return found ? { kind: found[1], prompt: words.replace(found[0], '') } : null
}

function readQuestion({ kind, prompt }: Asked, [heading, ...blocks]: readonly RootContent[], id: string, problems: Problem[]) {
  const at = blocks.findIndex((node) => node.type === 'list')
  const list = blocks[at] as List | undefined
  const after = list ? blocks.slice(at + 1) : []
  const before = list ? blocks.slice(0, at) : blocks
  const fence = before.find((node) => node.type === 'code' && node.lang === 'mail')
  const because = after[0]?.type === 'blockquote' ? after[0].children : []
  const options = (list?.children ?? []).map((item, i): Option => ({ key: String(i), words: item.children, right: kind === 'order' || item.checked === true }))
  const question: Question = {
    id, kind, prompt, options, because,
    before: before.filter((node) => node !== fence), mail: fence?.type === 'code' ? readMail(fence.value) : null,
  }
  const message = problemOf(question, list)
  if (message) problems.push({ line: lineOf(heading!), message })
  return { question, rest: because.length > 0 ? after.slice(1) : after }
}

function problemOf({ kind, prompt, options, mail }: Question, list: List | undefined): string | null {
  const right = options.filter((option) => option.right).length
  if (prompt === '') return 'Ask something after the colon.'
  if (options.length < 2) return 'Give at least two answers, as a list.'
  if (kind === 'order') return list?.ordered ? null : 'Write what is to be put in order as a numbered list, in the right order.'
  if (list?.children.some((item) => item.checked === null
    || item.checked === undefined)) return 'Begin each answer with “[x]” where it is right, else with “[ ]”.'
  if (kind === 'multiple') return right > 0 ? null : 'Mark every right answer with “[x]”.'
  if (right !== 1) return 'Mark exactly one answer with “[x]”. Where several are right, begin the heading with “Choose all:”.'
  return kind === 'mail' && !mail ? 'Give the mail as a fenced block: ```mail' : null
}

/** Lines `Name: value` until an empty one, then the body. */
function readMail(text: string): Mail {
  const [head = '', ...body] = text.split(/\n\s*\n/)
  const headers = head.split('\n').map((line): [string, string] => {
    const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/.exec(line) ?? ['', '', line]
    return [name, value]
  })
  return { headers, body: body.join('\n\n') }
}

const lineOf = (node: RootContent): number => node.position?.start.line ?? 1
