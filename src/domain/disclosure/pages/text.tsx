import { Button, CheckboxGroup, Field, Form, kept, Notice, PostButton, RadioGroup } from '../../../ui/index.ts'
import { textOf, valuesOf } from '../../../verbs/form-input.ts'
import { bracketsFor, files, isMessage, noMarks, writeMarked, type Line, type Marks, type Member, type ReportedFile } from '../marks.ts'
import { firstMarks, nobodyNamed } from '../publication.ts'
import { Fold, idIn, of, type Doing } from './agreement.tsx'
import type { MatterWithText } from './matter.ts'

/** What each text of a report is called. */
const names: Readonly<Record<string, string>> = {
  title: 'Title', description: 'Description', steps: 'Steps to reproduce', proof_of_concept: 'Proof of concept', expected_result: 'Expected result',
  skipped: 'Why there are no steps', impact: 'Impact', cvss: 'CVSS, as reported', attachments: 'Files', words: 'your own words',
}
export const memberName = (of: string): string => names[of] ?? words(of)
const words = (of: string) => {
  if (isMessage(of)) return 'a message'
  if (of.startsWith('reasons/')) return `Why no ${of.slice('reasons/'.length).replaceAll('_', ' ')}`
  const [, tool, what] = /^tools\/(\d+)\/(\w+)$/.exec(of) ?? []
  return tool ? `Tool ${Number(tool) + 1}: ${what}` : of.replaceAll(/[_/]/g, ' ')
}

/** Something sealed that can be read elsewhere: nobody means that, and a machine cannot know. */
const StillOpen = ({ all }: { all: MatterWithText['stillOpen'] }) => all.length === 0 ? null : (
  <Notice tone="warning" title="What is sealed in one place can be read in another">
    <ul>
      {all.map(({ passage, sealedIn, openIn }) => (
        <li>“{passage.length > 60 ? `${passage.slice(0, 60)}…` : passage}”, sealed in {memberName(sealedIn)},
          stands open in {[...new Set(openIn.map(memberName))].join(', ')}.</li>
      ))}
    </ul>
  </Notice>
)

/** Files by what the report said of them; what is in them is not published. */
export const Files = ({ files: all }: { files: readonly ReportedFile[] }) => all.length === 0 ? null : (
  <div>
    <h3>Files</h3>
    <ul>{all.map(({ name, size, sha256 }) => <li>{name} <span class="soft">{size} bytes, SHA-256 <code>{sha256}</code></span></li>)}</ul>
  </div>
)

const inOrder = Object.keys(names)
/** As a reader wants them: the title, what is wrong, how to see it. The parts in the log are in the order of their names. */
export const ordered = <T extends { readonly of: string }>(members: readonly T[]): T[] => {
  const place = ({ of: name }: T) => inOrder.includes(name) ? inOrder.indexOf(name) : inOrder.length
  return members.toSorted((a, b) => place(a) - place(b))
}
const isCode = (name: string) => name === 'proof_of_concept' || name === 'endpoint' || isOutput(name)

/** What a tool printed is long, and of use to few: it is there, folded. */
export const isOutput = (name: string): boolean => name.endsWith('/output')

export const Shown = ({ member, heading }: { member: { of: string; lines: readonly Line[] | null }; heading: 'h3' | 'h4' }) => {
  const Heading = heading
  return isOutput(member.of) ? <details class="fact-group"><summary>{memberName(member.of)}</summary><Redacted {...member} /></details>
    : <div><Heading>{memberName(member.of)}</Heading><Redacted {...member} /></div>
}

/** A text with its sealed lines: they say that they are, to the ear as well. */
export const Redacted = ({ of: name, lines }: { of: string; lines: readonly Line[] | null }) => lines === null ? (
  <p class="soft">Left out whole. It is sealed in the log.</p>
) : (
  <p class={isCode(name) ? 'as-written code' : 'as-written'}><Lines lines={lines} /></p>
)

export const Lines = ({ lines }: { lines: readonly Line[] }) => (
  <>{lines.map(({ text, sealed }) => sealed ? <span class="redacted" title="A sealed line, as the company renders it">{text}</span> : text)}</>
)

interface Marking extends Doing { form: string; marks: Marks }

const MarkField = ({ form, marks, member, label, ...doing }: Marking & { member: Member; label: string }) => {
  const name = `marked[${member.of}]`
  const { input, errors } = of(form, doing)
  return (
    <Field name={name} {...idIn(form, `marked-${member.of.replaceAll('/', '-')}`, doing)} label={label}
      value={forTextarea(textOf(input, name) || writeMarked(member.text, marks.passages[member.of] ?? []))}
      error={errors?.[name]} optional rows={Math.min(14, Math.max(2, member.text.split('\n').length + 1))} code
      hint={`Put ${bracketsFor(member.text).join(' and ')} around what stays sealed, and change nothing else.`} />
  )
}

const MarkFields = ({ form, members, marks, messages, said, chosen, ...doing }: Marking & Pick<MatterWithText, 'messages' | 'said'> & {
  members: readonly Member[]; chosen: readonly string[]
}) => {
  const draft = of(form, doing)
  const leftOut = draft.input ? valuesOf(draft.input, 'left_out') : marks.hidden
  const outputs = ordered(members).filter(({ of: name }) => isOutput(name))
  const markField = (member: Member) => <MarkField form={form} marks={marks} member={member} label={memberName(member.of)} {...doing} />
  return (
    <>
      {ordered(members).filter(({ of: name }) => !isOutput(name)).map(markField)}
      {outputs.length > 0 ? (
        <details class="fact-group" open={outputs.some(({ of: name }) => draft.errors?.[`marked[${name}]`])}>
          <summary>What tools printed</summary>
          <div class="stack">{outputs.map(markField)}</div>
        </details>
      ) : null}
      <CheckboxGroup name="left_out" {...idIn(form, 'left_out', doing)} label="Leave out whole" values={leftOut} optional
        options={[...ordered(members).map((member) => ({ value: member.of, label: memberName(member.of) })),
          { value: files, label: 'Names, sizes and hashes of files' }]} />
      {messages.length === 0 ? null : (
        <CheckboxGroup name="messages" {...idIn(form, 'messages', doing)} label="Messages that may be published" optional
          hint="A message is published if both sides choose it. Once one of you did and kept it, passages in it can be marked here."
          values={draft.input ? valuesOf(draft.input, 'messages') : chosen}
          options={messages.map(({ id, author, text }) => ({ value: id, label: `${author}: ${text.length > 90 ? `${text.slice(0, 90)}…` : text}` }))} />
      )}
      {said.map((message) => <MarkField form={form} marks={marks} member={message} {...doing}
        label={`Message of ${message.author}, ${message.at.slice(0, 16).replace('T', ' ')} UTC`} />)}
    </>
  )
}

/** A browser drops the first empty line of what stands in a text area. */
const forTextarea = (text: string) => (text.startsWith('\n') ? `\n${text}` : text)

export const TextForm = ({ to, matter: { draft, members, messages, said, report }, reportTitle,
  ...doing }: Doing & { to: string; matter: MatterWithText; reportTitle: string }) => {
  const entered = doing.doing === 'text' ? of('text', doing) : { input: { title: draft?.title ?? reportTitle, summary: draft?.summary ?? '' } }
  return (
    <Fold form="text" title="The text that is published" {...doing}>
      {report.parts_seed ? null : (
        <Notice tone="warning">
          This report came before its lines were committed to. Nothing of it can be opened and proven: your own words alone are published.
        </Notice>
      )}
      <Form to={`${to}/text`} wide>
        <Field {...kept(entered, 'title')} {...idIn('text', 'title', doing)} label="Title in public" />
        <Field {...kept(entered, 'summary')} {...idIn('text', 'summary', doing)} label="What happened, in your words" rows={6} optional />
        <MarkFields form="text" members={members} marks={draft?.company ?? firstMarks} messages={messages} said={said}
          chosen={draft?.companyMessages ?? []} {...doing} />
        <Button look="second">Keep the text</Button>
      </Form>
    </Fold>
  )
}

export const ReporterTextForm = ({ to, matter: { draft, members, messages, said }, ...doing }: Doing & { to: string; matter: MatterWithText }) => {
  const credit = draft?.credit ?? nobodyNamed
  const entered = doing.doing === 'text' ? of('text', doing) : { input: { credit: credit.how, credit_name: credit.name } }
  return (
    <Fold form="text" title="What you want to stay sealed" lead="Your marks hold beside the team’s: neither of you can open what the other sealed." {...doing}>
      <Form to={`${to}/text`} wide>
        <MarkFields form="text" members={members} marks={draft?.reporter ?? noMarks} messages={messages} said={said}
          chosen={draft?.reporterMessages ?? []} {...doing} />
        <RadioGroup {...kept(entered, 'credit')} {...idIn('text', 'credit', doing)} label="How you are named"
          options={[{ value: 'none', label: 'Not at all' }, { value: 'name', label: 'By my name' }, { value: 'pseudonym', label: 'By a pseudonym' }]} />
        <Field {...kept(entered, 'credit_name')} {...idIn('text', 'credit_name', doing)} label="The name or pseudonym" optional />
        <Button look="second">Keep my choice</Button>
      </Form>
    </Fold>
  )
}

interface Previewing { matter: MatterWithText; approveAt: string; me: 'company' | 'reporter' }

/** How it will stand in public, and who has approved it so. */
export const Preview = ({ matter: { draft, redaction, said, stillOpen }, approveAt, me }: Previewing) =>
  !draft || !redaction || draft.published ? null : (
    <section class="stack" aria-labelledby="preview-title">
      <h2 id="preview-title">As it will be published</h2>
      <StillOpen all={stillOpen} />
      <h3>{draft.title}</h3>
      {draft.summary ? <p class="as-written">{draft.summary}</p> : null}
      {ordered(redaction.members).map((member) => <Shown member={member} heading="h4" />)}
      <Files files={redaction.files} />
      {said.filter(({ both }) => both).map(({ author, lines }) => <p class="as-written">{author}: <Lines lines={lines} /></p>)}
      <p class="soft">
        The team {draft.approved.company ? 'has' : 'has not yet'} approved it; the reporter {draft.approved.reporter ? 'has' : 'has not yet'}.
        With both, it is published by itself at the agreed moment.
      </p>
      {draft.approved[me] ? null : <PostButton to={approveAt}>Approve this text</PostButton>}
    </section>
  )
