import { mostFindings, type Finding, type ToolOutput } from './finding.ts'
import { readNuclei } from './nuclei.ts'
import { readNpmAudit, readOsvScanner } from './packages.ts'
import { readSarif } from './sarif.ts'
import { readZapJson, readZapXml } from './zap.ts'

export type { Finding, ToolOutput }

/** Output that is longer stays what it is, a text: in UTF-16 units. */
const longest = 8_000_000

type Read = { tool: string; version: string; findings: Finding[] } | null

/**
 * What a scanner printed, read as findings: SARIF, nuclei, ZAP, npm audit, OSV-Scanner. Null where it is none of these, or not what their
 * format says: then it is a text like any other. Never throws, whatever it is given.
 */
export function readToolOutput(output: string): ToolOutput | null {
  const source = output.replace(/^\uFEFF/, '').trim()
  if (source.length > longest) return null
  const read = attempt(() => (source.startsWith('<') ? readZapXml(source) : readJson(source)))
  return read && { ...read, findings: read.findings.slice(0, mostFindings), cut: read.findings.length > mostFindings }
}

function readJson(source: string): Read {
  if (!source.startsWith('{') && !source.startsWith('[')) return null
  const whole = attempt(() => JSON.parse(source) as unknown)
  if (whole === null) return readNuclei(source.split('\n').filter((line) => line.trim()).map((line) => attempt(() => JSON.parse(line) as unknown)))
  return readSarif(whole) ?? readZapJson(whole) ?? readNpmAudit(whole) ?? readOsvScanner(whole) ?? readNuclei([whole])
}

/** Strangers write what is read here: whatever does not fit is no tool's output. */
function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
