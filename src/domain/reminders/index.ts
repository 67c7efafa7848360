/**
 * Reminders: who is told that something is nearly due, or late, and who next. What may never happen: a letter tells what was written;
 * somebody is told the same twice; a duty is known here that is not computed from the policies in force.
 */
import { verbJob, writeJob, type Job } from '../../jobs/index.ts'
import type { Module } from '../../web/module.ts'
import { chooseReminders, readReminders } from './choices.ts'
import { sendDigest } from './digest.ts'
import { listEscalations, setEscalation } from './escalation.ts'
import { endFeed, makeFeed } from './feed.ts'
import { reminderPages } from './pages/index.tsx'
import { remindOfDuties } from './remind.ts'
import './tables.ts'
import { forgetNotices } from './told.ts'

export const reminders: Module = {
  name: 'reminders',
  verbs: [chooseReminders, setEscalation, remindOfDuties, sendDigest, makeFeed, endFeed],
  queries: [readReminders, listEscalations],
  pages: reminderPages,
}

export const reminderJobs: readonly Job[] = [
  verbJob('reminders.send', '*/10 * * * *', remindOfDuties),
  verbJob('digest.send', '25 * * * *', sendDigest),
  writeJob('reminders.sweep', '50 3 * * *', forgetNotices),
]

export { firstTold, idOfNews } from './told.ts'
export { andStandIns } from './whose.ts'
