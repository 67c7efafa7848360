import { capital } from '../../../lib/words.ts'
import { DefinitionList } from '../../../ui/facts.tsx'
import { Message as MessageBox, Timeline } from '../../../ui/timeline.tsx'
import { Written } from '../../../ui/written.tsx'
import { at } from '../../../web/place.ts'
import type { ReportedFacts } from '../kinds.ts'
import type { Message } from '../message.ts'
import type { ReportView } from '../read-report.ts'
import { sizeInWords } from './kept-files.tsx'
import { skippable, type Skippable } from '../reasons.ts'
import { scoreInWords } from '../severity.ts'
import { weaknessName } from '../weaknesses.ts'

/** What has happened to the report, with times. */
export const MilestoneList = ({ report, zone }: { report: ReportView; zone: string }) => (
  <Timeline zone={zone} steps={report.milestones.map(({ what, at: when }) => ({ title: capital(what), at: when }))} />
)

export const MessageList = ({ messages, zone }: { messages: readonly Message[]; zone: string }) =>
  messages.length === 0
    ? <p class="soft">Nothing has been written yet.</p>
    : (
      <div class="stack">
        {messages.map(({ author, at, voice, text }) =>
          <MessageBox from={author} at={at} zone={zone} to={voice === 'note' ? 'team' : 'outside'} asWritten={false}><Written text={text} /></MessageBox>)}
      </div>
    )

type Written = Pick<ReportView, 'reported' | 'severity' | 'cvss' | 'attachments'>

/** What was reported, word for word. `files` is where its files are downloaded. */
export const Reported = ({ report, files }: { report: Written; files: string }) => {
  const reported = report.reported
  if (!reported) return <p>What was reported has been erased. The record that it existed, and its times, remain.</p>
  return (
    <section class="stack" aria-labelledby="reported-title">
      <h2 id="reported-title">What was reported</h2>
      <Particulars report={report} reported={reported} />
      <Block title="Description" text={reported.description} />
      <Block title="Impact" text={reported.impact} />
      <Block title="Steps to reproduce" text={reported.steps} />
      <Block title="Proof of concept" text={reported.proof_of_concept} code />
      <Block title="Expected result" text={reported.expected_result ?? ''} />
      <Block title="What is missing, and why" text={missingInWords(reported)} />
      {reported.tools.map((tool) => <Tool tool={tool} />)}
      <Files report={report} files={files} />
    </section>
  )
}

const Particulars = ({ report, reported }: { report: Written; reported: ReportedFacts }) => {
  const facts = ([
    ['Where', reported.asset],
    ['Version', reported.version],
    ['Kind of weakness', reported.weakness ? weaknessName(reported.weakness) : null],
    ['Endpoint', reported.endpoint ? <code>{reported.endpoint}</code> : null],
    ['Parameter', reported.parameter ? <code>{reported.parameter}</code> : null],
    ['Severity', report.severity],
    ['CVSS', report.cvss ? <code>{report.cvss}</code> : null],
    ['Severity, says the reporter', reported.cvss ? <><code>{reported.cvss}</code> {scoreInWords(reported.cvss)}</> : null],
    ['It came', cameHow(reported)],
    ['Split off from', reported.split_from],
    ['Judged by', reported.policy ? `${reported.policy.slug}, version ${reported.policy.version}` : null],
  ] as const).filter(([, value]) => value)
  return facts.length === 0 ? null : <DefinitionList of={facts} />
}

/** A report that the team entered came before, by another way. */
const cameHow = ({ arrived_by: by, arrived_at: when }: ReportedFacts) => by ? [by, when ? `on ${when.slice(0, 10)}` : ''].filter(Boolean).join(', ') : null

const missingInWords = ({ skipped, reasons = {} }: ReportedFacts) =>
  [...skipped ? [skipped] : [], ...Object.entries(reasons).map(([field, why]) => `${skippable[field as Skippable] ?? field}: ${why}`)].join('\n')

const Block = ({ title, text, code }: { title: string; text: string; code?: boolean }) =>
  text ? <div><h3>{title}</h3>{code ? <pre tabindex={0}><code>{text}</code></pre> : <Written text={text} />}</div> : null

/** Raw output is long, and was read into findings where that can be done: it is there for whoever wants it. */
const Tool = ({ tool: { name, version, output } }: { tool: ReportedFacts['tools'][number] }) => {
  const title = `Tool: ${name} ${version}`.trim()
  return output === '' ? <p>{title} <span class="soft">No output given.</span></p> : (
    <details class="fact-group">
      <summary>{title} <span class="soft">{linesInWords(output)}</span></summary>
      <pre tabindex={0}><code>{output}</code></pre>
    </details>
  )
}

const linesInWords = (text: string): string => {
  const lines = text.trimEnd().split('\n').length
  return lines === 1 ? 'one line of output' : `${lines.toLocaleString('en')} lines of output`
}

const Files = ({ report, files }: { report: Written; files: string }) =>
  report.attachments.length === 0 ? null : (
    <div>
      <h3>Files</h3>
      <ul>
        {report.attachments.map((file) => (
          <li><a href={at(`${files}/${file.id}`)} download>{file.name}</a> <span class="soft">{sizeInWords(file.size)}</span></li>
        ))}
      </ul>
    </div>
  )

