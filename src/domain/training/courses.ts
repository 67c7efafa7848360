import type { Selectable } from 'kysely'
import { z } from 'zod'
import { textsOf, type Text } from '../texts/index.ts'
import { readCourse, type Course } from './course-text.ts'
import type { CourseRow, CourseVersionRow } from './tables.ts'

/** An organisation's own course; what it asks and how it is judged is in the version whose hash the entry names. A package judges itself. */
const facts = { minutes: z.number(), pass_mark: z.number(), questions: z.number(), standard: z.string().optional() }

export const courses = textsOf<'course', CourseRow, CourseVersionRow, typeof facts>({
  noun: 'course', like: 'phishing', facts,
  published: 'A version of a course is there for the team.', withdrawn: 'A course is no longer given. What was passed stays passed.',
})

export type CourseVersion = Selectable<CourseVersionRow>
/** A course that is given, as its newest version says. */
export type GivenCourse = Text<CourseRow, CourseVersionRow>

/** Versions never change, so that each is read once. Few are in use at a time. */
const read = new Map<string, Course>()
const most = 50

export function courseOf({ id, body }: Pick<CourseVersion, 'id' | 'body'>): Course {
  const known = read.get(id)
  if (known) return known
  if (read.size >= most) read.delete(read.keys().next().value!)
  const { course } = readCourse(body)
  read.set(id, course)
  return course
}
