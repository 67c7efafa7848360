import type { RootContent } from 'mdast'
import { Block, picturedPhrases } from '../../../ui/blocks.tsx'
import { FieldError } from '../../../ui/field.tsx'
import { fieldId } from '../../../ui/notice.tsx'
import { textOf, valuesOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import { at } from '../../../web/place.ts'
import type { Mail, Option, Question } from '../course-text.ts'
import { chosen, isRight, shuffled, type Answers } from '../grade.ts'

const phrases = picturedPhrases((url) => /^pictures\/[a-z0-9-]+\.svg$/.test(url) ? at(`/courses/${url}`) : null)

/** Text of a course. Where a lesson is a page of its own, `level` -1 puts its headings right below the page's. */
export const CourseText = ({ of, level = 0 }: { of: readonly RootContent[]; level?: number }) => <>{of.map((node) => <Block node={node} phrases={phrases}
  level={level} />)}</>

interface Asked { question: Question; number: number; attemptId: string; answers: Answers; input: Entered; errors: FieldErrors }

/** A question to answer, or, once it is answered, what was right and why. */
export const QuestionPart = ({ question, number, attemptId, answers, input, errors }: Asked) => {
  const name = `answers[${question.id}]`
  const options = shuffled(question, attemptId)
  const answered = Object.hasOwn(answers, question.id)
  return (
    <fieldset class="question" aria-describedby={errors[name] ? `${fieldId(name)}-error` : undefined}>
      <legend>{number}. {question.prompt}</legend>
      <CourseText of={question.before} />
      {question.mail ? <MailToJudge mail={question.mail} /> : null}
      {answered ? null : <p class="hint">{hints[question.kind]}</p>}
      <FieldError id={fieldId(name)} error={errors[name]} />
      {answered
        ? <Answered question={question} answers={answers} />
        : question.kind === 'order' ? <Order name={name} options={options} input={input} /> : <Choice question={question} name={name} options={options}
          input={input} />}
    </fieldset>
  )
}

const hints = { single: 'One answer is right.', multiple: 'Choose every right answer.', order: 'Give each its place.', mail: 'What do you make of it?' }

const Choice = ({ question, name, options, input }: { question: Question; name: string; options: readonly Option[]; input: Entered }) => {
  const type = question.kind === 'multiple' ? 'checkbox' : 'radio'
  const picked = type === 'radio' ? [textOf(input, name)] : valuesAt(input, question.id)
  return <>{options.map(({ key, words }, i) => (
    <div class="choice">
      <input type={type} name={name} value={key} id={i === 0 ? fieldId(name) : `${fieldId(name)}-${key}-option`} checked={picked.includes(key)} />
      <label for={i === 0 ? fieldId(name) : `${fieldId(name)}-${key}-option`}><Words of={words} /></label>
    </div>
  ))}</>
}

/** With a place to choose for each, which works with keyboard and without script. */
const Order = ({ name, options, input }: { name: string; options: readonly Option[]; input: Entered }) => (
  <>{options.map(({ key, words }, i) => {
    const field = `${name}[${key}]`
    const id = i === 0 ? fieldId(name) : fieldId(field)
    return (
      <div class="choice choice-place">
        <select name={field} id={id}>
          <option value="">–</option>
          {options.map((_, place) => <option value={String(place + 1)} selected={textOf(input, field) === String(place + 1)}>{place + 1}</option>)}
        </select>
        <label for={id}><Words of={words} /></label>
      </div>
    )
  })}</>
)

const valuesAt = (input: Entered, id: string): string[] => typeof input['answers'] === 'object' ? valuesOf(input['answers'], id) : []

/** Said in words and not by colour alone. */
const Answered = ({ question, answers }: { question: Question; answers: Answers }) => {
  const given = chosen(question, answers[question.id])
  const right = isRight(question, answers)
  return (
    <>
      <p class={right ? 'verdict verdict-right' : 'verdict'}><strong>{right ? 'Right.' : 'Not right.'}</strong></p>
      {question.kind === 'order'
        ? <ol>{question.options.map(({ words }) => <li><Words of={words} /></li>)}</ol>
        : <ul class="answers">{question.options.map((option) => (
            <li class={option.right ? 'answer-right' : undefined}>
              <Words of={option.words} />{option.right ? <em> – right</em> : null}{given.includes(option.key)
                ? <em>{option.right ? ', your answer' : ' – your answer'}</em> : null}
            </li>
          ))}</ul>}
      {question.because.length > 0 ? <div class="because"><CourseText of={question.because} /></div> : null}
    </>
  )
}

/** An answer in one line; more than a paragraph is drawn as it is. */
const Words = ({ of }: { of: Option['words'] }) => of.length === 1 && of[0]!.type === 'paragraph' ? <>{phrases(of[0].children)}</> : <CourseText of={of} />

/** As a mail program shows it. Nothing in it can be clicked. */
const MailToJudge = ({ mail: { headers, body } }: { mail: Mail }) => (
  <figure class="mail-to-judge">
    <dl>{headers.map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl>
    <pre tabindex={0}>{body}</pre>
  </figure>
)
