/**
 * Reminders: who is told that something is nearly due, or late, and who next. What may never happen: a letter tells what was written;
 * somebody is told the same twice; a duty is known here that is not computed from the policies in force.
 */
import { z } from 'zod'
import { job, type Job } from '../../jobs/index.ts'
import { runVerb } from '../../verbs/run.ts'
import type { Module } from '../../web/module.ts'
import { chooseReminders, readReminders } from './choices.ts'
import { sendDigest } from './digest.ts'
import { listEscalations, setEscalation } from './escalation.ts'
import { endFeed, makeFeed } from './feed.ts'
import { reminderPages } from './pages/index.tsx'
import { forgetNotices, remindOfDuties } from './remind.ts'
import './tables.ts'

export const reminders: Module = {
  name: 'reminders',
  verbs: [chooseReminders, setEscalation, remindOfDuties, sendDigest, makeFeed, endFeed],
  queries: [readReminders, listEscalations],
  pages: reminderPages,
}

const nothing = z.object({})

export const reminderJobs: readonly Job[] = [
  job({
    name: 'reminders.send', payload: nothing, every: '*/10 * * * *',
    async run({ database, actor, organizationId }) { await runVerb({ database }, remindOfDuties, actor, organizationId, {}) },
  }),
  job({
    name: 'digest.send', payload: nothing, every: '25 * * * *',
    async run({ database, actor, organizationId }) { await runVerb({ database }, sendDigest, actor, organizationId, {}) },
  }),
  job({
    name: 'reminders.sweep', payload: nothing, every: '50 3 * * *',
    async run({ database, organizationId }) { await database.write(organizationId, forgetNotices) },
  }),
]
