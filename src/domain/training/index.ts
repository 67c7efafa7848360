/**
 * Training: courses that people pass. A course is Markdown in versions, and whoever has begun one is judged by the version with which
 * they began. What may never happen: a right answer reaches a browser before the question was answered; somebody passes for somebody else.
 */
import type { Module } from '../../web/module.ts'
import './kinds.ts'
import { listMyCourses } from './my-courses.ts'
import { trainingPages } from './pages/index.tsx'
import { adoptCourse, publishCourse, withdrawCourse } from './publish-course.ts'
import './tables.ts'
import { answerLesson, beginCourse } from './take-course.ts'
import { listCourses } from './team-training.ts'

export const training: Module = {
  name: 'training',
  verbs: [publishCourse, adoptCourse, withdrawCourse, beginCourse, answerLesson],
  queries: [listCourses, listMyCourses],
  pages: trainingPages,
}
