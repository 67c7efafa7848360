import { z } from 'zod'
import { verb } from '../../verbs/verb.ts'
import { moveReport, ReportId, takeStep } from './step.ts'

const input = z.object({ report: ReportId })

export const startVerification = verb({
  name: 'report.start-verification',
  summary: 'Record that somebody has begun to reproduce the weakness.',
  may: 'reports.triage',
  input,
  entries: ['report.verification-started'],
  async run(work, { report: id }) {
    const report = await takeStep(work, id, 'start-verification')
    return moveReport(work, report, { step: 'start-verification', happened: 'somebody is trying to reproduce it' })
  },
})

export const startFix = verb({
  name: 'report.start-fix',
  summary: 'Record that somebody has begun to make the fix.',
  may: 'reports.triage',
  input,
  entries: ['report.fix-started', 'report.waiting-ended'],
  async run(work, { report: id }) {
    const report = await takeStep(work, id, 'start-fix')
    return moveReport(work, report, { step: 'start-fix', marks: { severity: report.severity! }, happened: 'the fix is being made' })
  },
})
