import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { query } from '../../verbs/verb.ts'
import { isAsked, listPeople } from '../people/index.ts'
import { goodUntil, isGood, lastPassed, listGiven, type GivenCourse } from './find.ts'
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
    const team = await listPeople(tx, { here: true, member: true })
    const given = await listGiven(tx)
    const courses = await Promise.all(given.map(async (course) => {
      const has = await whoHas(tx, course)
      const asked = team.filter((person) => isAsked(course, person)).map(({ id }) => id)
      const due = asked.filter((person) => !has(person))
      return { course: course.slug, title: course.title, version: course.version, origin: originOf(course), passed: asked.length - due.length, due }
    }))
    return { courses, shipped: shippedCourses.filter((one) => !given.some(({ slug }) => slug === one)) }
  },
})

async function whoHas(tx: Tx, course: GivenCourse): Promise<(personId: string) => boolean> {
  const [passed, zone] = [await lastPassed(tx, course.course_id), await zoneOf(tx)]
  return (personId) => {
    const at = passed.get(personId)
    return at !== undefined && isGood(goodUntil(course, at, zone), tx)
  }
}

function originOf({ slug, body, body_sha256: sha256, package: scorm }: GivenCourse): 'as shipped' | 'newer one shipped' | 'own text' | 'package' {
  if (scorm) return 'package'
  const shipped = shippedCourses.find((one) => one === slug)
  if (!shipped) return 'own text'
  if (createHash('sha256').update(shippedText(shipped)).digest().equals(sha256)) return 'as shipped'
  return titleOf(shippedText(shipped)) === titleOf(body) ? 'newer one shipped' : 'own text'
}

const titleOf = (text: string) => text.split('\n', 1)[0]
