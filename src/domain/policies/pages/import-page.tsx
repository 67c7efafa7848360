import {
  Actions, Button, Checkbox, DeskLayout, ErrorSummary, Field, FileField, Form, kept, PageHead, Select, type Draft, type Surroundings,
} from '../../../ui/index.ts'
import { textOf } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { ProposedSentence } from '../adopt-policy.ts'

const Trail = () => <a href={at('/desk/policies')}>Policies</a>

export const ImportPage = ({ page, ...draft }: { page: Surroundings } & Draft) => (
  <DeskLayout page={page} title="Import a policy">
    <PageHead title="Import a policy" trail={<Trail />}
      lead="The words of your page stay as they are. Avow proposes for each sentence what it promises, and you confirm or change it." />
    <ErrorSummary errors={draft.errors} />
    <Form to="/desk/policy-proposals" files wide guard>
      <FileField name="file" label="File" accept=".html,.htm,.md,.markdown,.txt,text/*" optional error={draft.errors?.file}
        hint="The page as your browser saves it, Markdown, or plain text." />
      <Field {...kept(draft, 'page')} label="Or its text" rows={14} code optional />
      <Button>Read it</Button>
    </Form>
    <p class="soft">
      Avow itself fetches no address that is typed in here. Save the page in your browser, or let the command fetch it
      on your own machine: <code>avow policy import https://example.org/security</code>
    </p>
  </DeskLayout>
)

const kindOptions = [
  { value: 'promise', label: 'A promise: its rule is kept' },
  { value: 'request', label: 'A request to others' },
  { value: 'permission', label: 'A permission' },
  { value: 'statement', label: 'Only a statement' },
]

const ruleExample = <>As in: Every <code>report.received</code> is followed by <code>report.acknowledged</code> within 7 days.</>

interface Judge extends Draft {
  page: Surroundings
  sentences: readonly ProposedSentence[]
  /** Of the text itself; without one it is asked for. */
  title: string | null
}

/** Every sentence with what it seems to be. A refused form comes back with what was entered. */
export const JudgePage = ({ page, sentences, title, ...draft }: Judge) => (
  <DeskLayout page={page} title="Sentence by sentence">
    <PageHead title="Sentence by sentence" trail={<Trail />} lead={counted(sentences)} />
    <ErrorSummary errors={draft.errors} />
    <Form to="/desk/policy-import" wide guard>
      <input type="hidden" name="text" value={textOf(draft.input, 'text')} />
      <Field {...kept(draft, 'policy')} label="Short name" maxlength={63}
        hint="For addresses: lower-case letters, digits, hyphens. One that is there gets its next version." />
      {title === null ? <Field {...kept(draft, 'title')} label="Title" hint="The text begins with none." maxlength={200} /> : null}
      <ol class="sentences stack">{sentences.map((sentence, i) => <SentenceForm sentence={sentence} at={`sentences[${i}]`} draft={draft} />)}</ol>
      <Actions><Button>Save as a draft</Button></Actions>
    </Form>
  </DeskLayout>
)

function counted(sentences: readonly ProposedSentence[]): string {
  const count = (kind: string) => sentences.filter((one) => one.kind === kind).length
  return `${sentences.length} sentences: ${count('promise')} seem to promise something, ${count('request')} ask, ${count('permission')} allow.`
}

const SentenceForm = ({ sentence: { sentence, reason, repeats, rules }, at: name, draft }: { sentence: ProposedSentence; at: string; draft: Draft }) => {
  const own = `${name}[rules][${rules.length}]`
  return (
    <li class="sheet stack">
      <blockquote>{sentence}</blockquote>
      <Select {...kept(draft, `${name}[kind]`)} label="What it is" options={kindOptions}
        hint={repeats.length > 0 ? `Its rule stands at another sentence: ${repeats.join(', ')}.` : reason} />
      {rules.map((rule, j) => <ProposedRule rule={rule} at={`${name}[rules][${j}]`} draft={draft} />)}
      <details open={textOf(draft.input, `${own}[mark]`) !== '' || textOf(draft.input, `${own}[rule]`) !== ''}>
        <summary>{rules.length > 0 ? 'Another rule' : 'Write its rule'}</summary>
        <div class="stack">
          <Field {...kept(draft, `${own}[mark]`)} label="Mark" hint="Its id for good: backups" maxlength={64} optional />
          <Field {...kept(draft, `${own}[rule]`)} label="Rule" rows={2} code optional hint={ruleExample} />
        </div>
      </details>
    </li>
  )
}

const ProposedRule = ({ rule: { mark, words, assumed }, at: name, draft }: { rule: ProposedSentence['rules'][number]; at: string; draft: Draft }) => (
  <div class="stack">
    <input type="hidden" name={`${name}[mark]`} value={mark} />
    <Field {...kept(draft, `${name}[rule]`)} label={`Rule “${mark}”`} rows={2} code optional hint={words} />
    {assumed === undefined ? null : (
      <Checkbox name={`${name}[confirmed]`} label={`${assumed} is meant`} hint="The sentence names no time: this is a guess."
        checked={textOf(draft.input, `${name}[confirmed]`) !== ''} error={draft.errors?.[`${name}[confirmed]`]} />
    )}
  </div>
)
