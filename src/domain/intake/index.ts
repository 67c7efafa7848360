/**
 * Intake: mail as a way for reports to come. What may never happen: a mail is lost that we said we had; somebody but the reporter speaks for the
 * reporter, or learns of a case by writing to it; two machines answer each other; what a mail holds runs or is shown as what it says it is.
 */
import { z } from 'zod'
import { job, type Job } from '../../jobs/index.ts'
import type { Module } from '../../web/module.ts'
import type { Settings } from '../../config/index.ts'
import { addIntakeAddress, removeIntakeAddress } from './addresses.ts'
import { forgetDiscarded } from './forget-messages.ts'
import './kinds.ts'
import { importMessages } from './import-messages.ts'
import { listBroughtMessages, listReportMessages, listWaitingMessages, readMessage } from './list-messages.ts'
import './pages/case-mail.tsx'
import { intakePages } from './pages/intake.tsx'
import { receiveMessage } from './receive-message.ts'
import { discardMessage, makeReport } from './settle-message.ts'
import './tables.ts'
import { takeBrought } from './take-message.ts'

export const intake: Module = {
  name: 'intake',
  verbs: [receiveMessage, importMessages, makeReport, discardMessage, addIntakeAddress, removeIntakeAddress],
  queries: [listWaitingMessages, listBroughtMessages, listReportMessages, readMessage],
  pages: intakePages,
}

export const intakeJobs = ({ AVOW_INTAKE_ADDRESS: address }: Pick<Settings, 'AVOW_INTAKE_ADDRESS'>, onError?: (error: Error) => void): readonly Job[] => [
  job({ name: 'messages.read-brought', payload: z.object({ message: z.uuid() }),
    run: ({ database, organizationId }, { message }) => takeBrought({ database, address, onError }, organizationId, message) }),
  job({ name: 'messages.sweep', payload: z.object({}), every: '50 3 * * *',
    async run({ database, organizationId }) { await database.write(organizationId, forgetDiscarded) } }),
]

export { readMail, type ReadMail, type Unreadable } from './mime/read-mail.ts'
export { startIntake } from './ways/start-intake.ts'
