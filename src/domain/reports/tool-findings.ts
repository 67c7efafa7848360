import type { ReportGiven } from './receive-report.ts'
import { readToolOutput, type ToolOutput } from './tool-output/index.ts'

type Written = Pick<ReportGiven, 'tools' | 'description' | 'steps' | 'proof_of_concept'>

/** What tools printed, wherever in the report it was pasted. */
export const toolOutputs = ({ tools, description, steps, proof_of_concept: proof }: Written): ToolOutput[] =>
  [...tools.map(({ output }) => output), proof, steps, description].flatMap((text) => (text && readToolOutput(text)) || [])

/** A scanner's output came, and beside it nothing that shows the weakness: neither steps nor a proof of concept, nor a file. */
export const isOnlyToolOutput = (given: Written & Pick<ReportGiven, 'attachments'>): boolean =>
  given.attachments.length === 0 && toolOutputs(given).length > 0
  && [given.steps, given.proof_of_concept].every((text) => text === '' || readToolOutput(text) !== null)
