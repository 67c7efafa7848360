import { readCourse, type Course } from './course-text.ts'
import type { CourseVersion } from './find.ts'

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
