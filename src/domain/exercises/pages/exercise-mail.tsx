import { piecesOf } from '../exercise-mail.ts'
import type { Exercise } from '../exercise.ts'

/** The mail as it came, with nothing in it to click. */
export const ExerciseMail = ({ of }: { of: Pick<Exercise, 'sender' | 'subject' | 'body'> }) => {
  const { before, words, after } = piecesOf(of)
  return (
    <figure class="mail-to-judge">
      <dl><dt>From</dt><dd>{of.sender}</dd><dt>Subject</dt><dd>{of.subject}</dd></dl>
      <pre tabindex={0}>{before}<u>{words}</u>{after}</pre>
    </figure>
  )
}
