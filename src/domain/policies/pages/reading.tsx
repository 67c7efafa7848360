import type { Child } from 'hono/jsx'
import { Notice } from '../../../ui/index.ts'
import type { Check, CheckedPromise, SentenceAt } from '../check.ts'
import type { Problem } from '../policy-text.ts'

/** What the text says to the machine: every promise in words, with dates; and what is wrong, with the nearest that is right. */
export const Reading = ({ of: { problems, promises, unmarked, requests, permissions } }: { of: Check }) => (
  <section class="stack" id="reading" aria-label="What each sentence will mean" aria-live="polite">
    <h2>What each sentence will mean</h2>
    {problems.length
      ? <p class="field-error">{problems.length === 1 ? 'One place has' : `${problems.length} places have`} to be mended before this can be submitted.</p>
      : null}
    <ul class="reading">
      {problems.map(problem => <ProblemItem problem={problem} />)}
      {promises.map(promise => <PromiseItem promise={promise} />)}
    </ul>
    {promises.length === 0 && problems.length === 0 ? <NothingPromised /> : null}
    <Others title="Read like promises, and carry no mark" sentences={unmarked} open />
    <Others title="Requests to others: no standing" sentences={requests} />
    <Others title="Permissions: no standing" sentences={permissions} />
  </section>
)

const Others = ({ title, sentences, open }: { title: string; sentences: readonly SentenceAt[]; open?: boolean }) =>
  sentences.length === 0 ? null : (
    <details open={open}>
      <summary><strong>{title}</strong> ({sentences.length})</summary>
      <ul>{sentences.map(({ line, text }) => <li>{text} <span class="soft">line {line}</span></li>)}</ul>
    </details>
  )

const ProblemItem = ({ problem }: { problem: Problem }) => (
  <li class="reading-wrong">
    <p><strong>Line {problem.line}, column {problem.column}:</strong> {problem.message}</p>
    {problem.nearest ? <p>Write: <code>{problem.nearest}</code></p> : null}
  </li>
)

const PromiseItem = ({ promise: { sentence, mark, words, warnings, examples } }: { promise: CheckedPromise }) => (
  <li class="stack">
    <blockquote>{sentence} <span class="soft">[^{mark}]</span></blockquote>
    <p>{inCode(words)}</p>
    {warnings.map(warning => <p class="warning">{inCode(warning)}</p>)}
    <ul>{examples.map(example => <li class="soft">{inCode(example)}</li>)}</ul>
  </li>
)

const example = `We acknowledge every report within one week.[^ack]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days.`

const NothingPromised = () => (
  <Notice>
    <p>Nothing is promised yet. Put a mark after a sentence, and its rule in a footnote:</p>
    <pre tabindex={0}><code>{example}</code></pre>
  </Notice>
)

/** What stands between backticks, as code. */
const inCode = (text: string): Child => text.split(/`([^`]+)`/).map((part, i) => i % 2 ? <code>{part}</code> : part)
