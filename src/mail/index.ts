/**
 * Letters to people outside and inside. Written in the transaction of what they tell of, sent by a job after it, sealed
 * where they lie. A mail never carries what somebody reported: a subject without content, a sentence, a link.
 */
import type { Job } from '../jobs/index.ts'
import { forgetMailsJob } from './forget-mails.ts'
import { sendMailJob, type MailSettings } from './send-mail.ts'

export { askForApproval } from './ask-for-approval.ts'
export { findByReplyToken, findByReturnToken, findSentMessage, tagOf, type SentMail } from './addresses.ts'
export { declareEnclosure, enclosureOf, type Enclosed, type Enclosure, type Sending } from './enclosure.ts'
export { findMail, listMails, type Mail } from './find-mail.ts'
export { render, type Letter, type Recipient } from './letter.ts'
export { onOutcome, recordOutcome, sendAgain, type MailOutcome } from './outcome.ts'
export { post } from './post.ts'
export { addressOf, toTeam } from './recipients.ts'
export { inventedDomain, type MailSettings } from './send-mail.ts'
export { DeliveryFailed, mailServer, type MailServer, type OutgoingMail } from './smtp.ts'
export type { MailState } from './tables.ts'

export const mailJobs = (settings: MailSettings): Job[] => [sendMailJob(settings), forgetMailsJob]
