/**
 * Training: courses that people pass. A course is Markdown or a package (SCORM), in versions, and whoever has begun one is judged by the version
 * with which they began. What may never happen: a right answer of ours reaches a browser before the question was answered; somebody passes for
 * somebody else; a package's script runs where somebody is signed in.
 */
import type { Module } from '../../web/module.ts'
import { listMyCourses } from './my-courses.ts'
import { importPackage } from './packages/import-package.ts'
import { reportAttempt } from './run-time/run.ts'
import { trainingPages } from './pages/index.tsx'
import { adoptCourse, publishCourse, withdrawCourse } from './publish-course.ts'
import './tables.ts'
import { answerLesson, beginCourse } from './take-course.ts'
import { listCourses } from './team-training.ts'

export const training: Module = {
  name: 'training',
  verbs: [publishCourse, adoptCourse, importPackage, withdrawCourse, beginCourse, answerLesson, reportAttempt],
  queries: [listCourses, listMyCourses],
  pages: trainingPages,
}

export { readCourse, type Question } from './course-text.ts'
export type { Answers } from './grade.ts'
export { listMyCourses } from './my-courses.ts'
export { shippedCourses, shippedText, type ShippedCourse } from './shipped.ts'
