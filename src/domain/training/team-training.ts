import { z } from 'zod'
import { query } from '../../verbs/verb.ts'
import { standingOf } from '../obligations/index.ts'
import { hashOf } from '../texts/index.ts'
import { courses, type GivenCourse } from './courses.ts'
import { coursesAsked, keyOf } from './duties.ts'
import { shippedCourses, shippedText } from './shipped.ts'

/** How the team stands with each course: as a group, and who still has to pass it. */
export const listCourses = query({
  name: 'course.list', summary: 'The courses that are given, and how many of those who have to pass them have.', may: 'training.manage', input: z.object({}),
  output: z.object({
    courses: z.array(z.object({
      course: z.string(), title: z.string(), version: z.number(), origin: z.enum(['as shipped', 'newer one shipped', 'own text', 'package']),
      passed: z.number(), due: z.array(z.uuid()).describe('Who still has to pass it, or to pass it again'),
    })),
    shipped: z.array(z.string()).describe('Courses that come with Avow and are not given'),
  }),
  async run({ tx }) {
    const given = await courses.given(tx)
    const standing = await standingOf(tx, await coursesAsked(tx, given))
    return {
      courses: given.map((course) => {
        const { done, due } = standing(keyOf(course))
        return { course: course.slug, title: course.title, version: course.version, origin: originOf(course), passed: done.length, due }
      }),
      shipped: shippedCourses.filter((one) => !given.some(({ slug }) => slug === one)),
    }
  },
})

function originOf({ slug, body, body_sha256: sha256, package: scorm }: GivenCourse): 'as shipped' | 'newer one shipped' | 'own text' | 'package' {
  if (scorm) return 'package'
  const shipped = shippedCourses.find((one) => one === slug)
  if (!shipped) return 'own text'
  if (hashOf(shippedText(shipped)).equals(sha256)) return 'as shipped'
  return titleOf(shippedText(shipped)) === titleOf(body) ? 'newer one shipped' : 'own text'
}

const titleOf = (text: string) => text.split('\n', 1)[0]
