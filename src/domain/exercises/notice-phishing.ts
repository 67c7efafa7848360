import { z } from 'zod'
import { demandMember } from '../../access/may.ts'
import { post, toTeam } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { runningExercises } from './exercise.ts'

/** “Re: FWD:  Your parcel ” is “your parcel”. */
const plain = (subject: string) => subject.replace(/^\s*((re|aw|fw|fwd|wg|tr)\s*:\s*)+/i, '').replaceAll(/\s+/g, ' ').trim().toLowerCase()

/** Somebody saw through a mail. If it is one of ours it counts; if not, whoever looks after reports is told at once. The subject is not kept. */
export const noticePhishing = verb({
  name: 'exercise.notice', summary: 'Say that a mail that you got looks like phishing.', may: 'own.do', entries: [],
  input: z.object({ subject: z.string().trim().min(1, 'Copy the subject of the mail.').max(500) }),
  output: z.object({ exercise: z.boolean() }),
  async run({ tx, actor }, { subject }) {
    const { accountId, personName } = demandMember(actor)
    const ours = (await runningExercises(tx)).filter((one) => plain(one.subject) === plain(subject)).map(({ id }) => id)
    const counted = ours.length === 0 ? [] : await tx.db.updateTable('exercise_letters').set({ reported: true }).where('account_id', '=', accountId)
      .where('exercise_id', 'in', ours).where('sent_at', 'is not', null).returning('exercise_id').execute()
    if (counted.length === 0) {
      await post(tx, { to: await toTeam(tx, 'reports.triage'), subject: 'Somebody noticed a phishing mail', text: letter(personName) })
    }
    return { exercise: counted.length > 0 }
  },
})

const letter = (name: string) => `${name} got a mail that looks like phishing. It is none of our exercises.

Ask for it, look at who else got it, and warn the others if it is real.`
