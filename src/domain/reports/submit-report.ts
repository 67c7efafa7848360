import { z } from 'zod'
import { Invalid } from '../../lib/errors.ts'
import { AttachmentId } from '../../verbs/fields.ts'
import { verb } from '../../verbs/verb.ts'
import { keyInFile } from '../contact/index.ts'
import { collisionsOf } from './collisions.ts'
import { Reasons } from './reasons.ts'
import { arrivals, receiveReport } from './receive-report.ts'
import { scoreOf } from './severity.ts'
import { Weakness } from './weaknesses.ts'

const longest = 100_000
const tooLong = 'Write at most 100,000 characters, and attach the rest as a file.'
const long = z.string().trim().max(longest, tooLong).default('')
const short = z.string().trim().max(300, 'Write at most 300 characters.').default('')

const Tool = z.object({
  name: short.describe('Name of the tool'),
  version: short.describe('Its version'),
  output: long.describe('What it printed'),
})

const Vector = z.string().trim().max(500).refine((vector) => vector === '' || scoreOf(vector) !== null,
  'This is not a complete CVSS 3.1 or 4.0 vector. Work it out with the calculator, or leave it empty.').default('')

export const ReportInput = z.object({
  submission: z.uuid().optional().describe('An id of your own making: the same one twice is one report'),
  title: z.string().trim().min(1, 'Give the report a title of a few words.').max(200, 'Write at most 200 characters.').describe('What it is, in a few words'),
  asset: z.union([z.uuid(), z.literal('')]).default('').describe('Id of the thing in scope that it is about; empty when none of them fits'),
  version: short.describe('Version or commit in which you saw it'),
  weakness: Weakness.describe('Kind of weakness, such as CWE-79'),
  endpoint: short.describe('Where in it: an address or path, a function, a file'),
  parameter: short.describe('The parameter, header or field that carries it'),
  description: z.string().trim().min(1, 'Describe the weakness.').max(longest, tooLong).describe('What is wrong'),
  steps: long.describe('Steps to reproduce it'),
  proof_of_concept: long.describe('Proof of concept'),
  expected_result: z.string().trim().max(5000, 'Write at most 5,000 characters.').default('').describe('What the proof of concept shows when it works'),
  impact: long.describe('What somebody could do with it'),
  cvss: Vector.describe('How severe you judge it: a CVSS 3.1 or 4.0 vector'),
  tools: z.array(Tool).max(20).default([]).describe('Tools that were used, with versions and output'),
  skipped: short.describe('Why there are no steps and no proof of concept, where there are none'),
  reasons: Reasons,
  attachments: z.array(AttachmentId).max(20).default([]).describe('Ids of uploaded files'),
  name: short.describe('Your name or pseudonym, if you like'),
  email: z.union([z.email('This is not an e-mail address.'), z.literal('')]).default('').describe('Where we may write to, if you like'),
  claim_key: z.string().trim().max(20_000, 'A key may have at most 20,000 characters.').default('')
    .describe('A public key (SSH, OpenPGP or age), if you want to prove later that you are the reporter'),
  voucher: z.string().trim().max(100, 'Write at most 100 characters.').default('')
    .describe('A code by which a known reporter vouches for you, if you have one'),
  opened: z.string().max(200).default('').describe('When the form was opened (report.challenge)'),
  proof: z.string().max(4000).default('').describe('The solved challenge (report.challenge), if you solved it'),
  good_faith: z.literal(true, 'Confirm that you acted within the policy. If you are not sure, say so in the description and confirm what you can.')
    .describe('You acted in good faith and within the policy'),
})
export type ReportInput = z.output<typeof ReportInput>

/** Takes a report in. What it answers with is the only time that the tracking phrase is told. */
export const submitReport = verb({
  name: 'report.submit',
  summary: 'Report a weakness.',
  may: 'reports.submit',
  input: ReportInput.extend({ claim_key_file: AttachmentId.optional().describe('The public key as an uploaded file; OpenPGP also without armor') }),
  output: z.object({
    report: z.uuid(), reference: z.string(), phrase: z.string(), entry: z.uuid(),
    receipt: z.string().describe('Where a program fetches the receipt with the phrase, below the address of the API’s server'),
    warnings: z.array(z.object({ about: z.string(), title: z.string(), says: z.string() })).describe('What a form would have shown before sending'),
  }),
  entries: arrivals,
  async run(work, { claim_key_file: file, ...entered }) {
    const given = file && !entered.claim_key ? { ...entered, claim_key: await keyInFile(work.tx, file, 'claim_key_file') } : entered
    demandEvidence(given)
    const byProgram = work.actor.kind === 'machine' || work.actor.from?.program === true
    const received = await receiveReport(work, given, { channel: byProgram ? 'api' : 'web' })
    const receipt = `/api/v1/report/receipt?report=${received.report}`
    return { ...received, receipt, warnings: byProgram ? await collisionsOf(work.tx, given) : [] }
  },
})

/** Either it can be seen, or there is a reason why not. */
export function demandEvidence({ steps, proof_of_concept: proof, attachments, skipped, reasons }: ReportInput): void {
  if (steps || proof || attachments.length > 0 || skipped || reasons.steps || reasons.proof_of_concept) return
  throw new Invalid({ steps: 'Add steps, a proof of concept or a file, or say below why there are none.' })
}
