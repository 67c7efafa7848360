/**
 * Exercises: a harmless phishing mail to the own team, planned by one person and approved by another, whose link leads to a short lesson. What may
 * never happen: it goes to anybody outside the team; it asks for a password; somebody learns who opened it.
 */
import type { Module } from '../../web/module.ts'
import { endExercise, endExercises } from './end-exercise.ts'
import { listExercises } from './list-exercises.ts'
import { noticePhishing } from './notice-phishing.ts'
import { openLesson } from './open-lesson.ts'
import { exercisePages } from './pages/index.tsx'
import { approveExercise, planExercise } from './plan-exercise.ts'
import './tables.ts'

export const exercises: Module = {
  name: 'exercises',
  verbs: [planExercise, approveExercise, endExercise, endExercises, noticePhishing, openLesson],
  queries: [listExercises],
  pages: exercisePages,
}

export { exercisesToApprove, type Exercise } from './exercise.ts'
export { ExerciseMail } from './pages/exercise-mail.tsx'
export { approveExercise } from './plan-exercise.ts'
export { exerciseJobs } from './send-exercises.ts'
