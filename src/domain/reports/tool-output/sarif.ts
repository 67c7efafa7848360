import { at, finding, list, text, type Finding } from './finding.ts'

/** SARIF 2.1.0 (OASIS): every analyser of code that speaks it. Null where it is something else. */
export function readSarif(json: unknown): { tool: string; version: string; findings: Finding[] } | null {
  const runs = list(at(json, 'runs'))
  if (runs.length === 0 || !text(at(json, 'version')).startsWith('2.')) return null
  const driver = at(runs[0], 'tool', 'driver')
  return {
    tool: text(at(driver, 'name')) || 'SARIF', version: text(at(driver, 'semanticVersion')) || text(at(driver, 'version')),
    findings: runs.flatMap((run) => list(at(run, 'results')).map((result) => ofResult(result, rulesOf(run)))),
  }
}

const rulesOf = (run: unknown): readonly unknown[] => list(at(run, 'tool', 'driver', 'rules'))

function ofResult(result: unknown, rules: readonly unknown[]): Finding {
  const id = text(at(result, 'ruleId')) || text(at(result, 'rule', 'id'))
  const index = at(result, 'ruleIndex')
  const rule = (typeof index === 'number' ? rules[index] : undefined) ?? rules.find((one) => at(one, 'id') === id)
  const tags = list(at(rule, 'properties', 'tags')).map((tag) => /cwe-(\d+)$/i.exec(text(tag))?.[1])
  return finding({
    rule: id || at(rule, 'id'),
    title: text(at(result, 'message', 'text')) || at(rule, 'shortDescription', 'text'),
    severity: at(rule, 'properties', 'security-severity') ?? at(result, 'level') ?? at(rule, 'defaultConfiguration', 'level'),
    where: list(at(result, 'locations')).map(placeOf),
    ids: [id, ...tags],
  })
}

function placeOf(location: unknown): string {
  const file = text(at(location, 'physicalLocation', 'artifactLocation', 'uri'))
  const line = text(at(location, 'physicalLocation', 'region', 'startLine'))
  return line ? `${file}:${line}` : file
}
