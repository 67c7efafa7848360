import type { Child } from 'hono/jsx'
import { Notice } from '../../../ui/index.ts'
import type { Problem } from '../policy-text.ts'

/** What one promised sentence will mean once it is in force. */
export interface SentenceReading {
  readonly mark: string
  readonly sentence: string
  readonly words: string
  /** The dates it would give, as sentences. */
  readonly examples: readonly string[]
  /** It can be published so, but will probably not do what is meant. */
  readonly warnings: readonly string[]
}

/** What the text says to the machine: every promise in words, with dates; and what is wrong, with the nearest that is right. */
export const Reading = ({ sentences, problems }: { sentences: readonly SentenceReading[]; problems: readonly Problem[] }) => (
  <section class="stack" id="reading" aria-label="What each sentence will mean" aria-live="polite">
    <h2>What each sentence will mean</h2>
    {problems.length ? <p class="field-error">{problems.length === 1 ? 'One place has to be mended' : `${problems.length} places have to be mended`} before this can be submitted.</p> : null}
    <ul class="reading">
      {problems.map(problem => <ProblemItem problem={problem} />)}
      {sentences.map(sentence => <SentenceItem sentence={sentence} />)}
    </ul>
    {sentences.length === 0 && problems.length === 0 ? <NothingPromised /> : null}
  </section>
)

const ProblemItem = ({ problem }: { problem: Problem }) => (
  <li class="reading-wrong">
    <p><strong>Line {problem.line}, column {problem.column}:</strong> {problem.message}</p>
    {problem.nearest ? <p>Write: <code>{problem.nearest}</code></p> : null}
  </li>
)

const SentenceItem = ({ sentence }: { sentence: SentenceReading }) => (
  <li class="stack">
    <blockquote>{sentence.sentence} <span class="soft">[^{sentence.mark}]</span></blockquote>
    <p>{inCode(sentence.words)}</p>
    {sentence.warnings.map(warning => <p class="standing is-due">{inCode(warning)}</p>)}
    <ul>{sentence.examples.map(example => <li class="soft">{inCode(example)}</li>)}</ul>
  </li>
)

const NothingPromised = () => (
  <Notice>
    <p>Nothing is promised yet. Put a mark after a sentence, and its rule in a footnote:</p>
    <pre tabindex={0}><code>{'We acknowledge every report within one week.[^ack]\n\n[^ack]: Every `report.received` is followed by `report.acknowledged` within 7 days.'}</code></pre>
  </Notice>
)

/** What stands between backticks, as code. */
const inCode = (text: string): Child => text.split(/`([^`]+)`/).map((part, i) => i % 2 ? <code>{part}</code> : part)
