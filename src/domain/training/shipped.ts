import { readFileSync } from 'node:fs'

/** The courses that come with Avow, each a file in `courses/`. */
export const shippedCourses = ['phishing', 'passwords', 'secure-development'] as const
export type ShippedCourse = (typeof shippedCourses)[number]

const folder = new URL('../../../courses/', import.meta.url)

export const shippedText = (course: ShippedCourse): string => readFileSync(new URL(`${course}.md`, folder), 'utf8')

/** A picture of a shipped course; undefined where there is none of the name. */
export function shippedPicture(name: string): string | undefined {
  if (!/^[a-z0-9-]+\.svg$/.test(name)) return undefined
  try { return readFileSync(new URL(`pictures/${name}`, folder), 'utf8') } catch { return undefined }
}
