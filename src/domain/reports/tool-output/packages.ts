import { at, entries, finding, list, text, type Finding } from './finding.ts'

type Read = { tool: string; version: string; findings: Finding[] } | null

/** `npm audit --json` of npm 7 and later: packages, each with the advisories that reach it. */
export function readNpmAudit(json: unknown): Read {
  const found = entries(at(json, 'vulnerabilities'))
  if (at(json, 'auditReportVersion') === undefined) return null
  // What is only reached through another package repeats that package's advisory.
  const advisories = found.flatMap(([name, one]) => list(at(one, 'via')).filter((via) => typeof via === 'object').map((via) => ({ name, one, via })))
  return { tool: 'npm audit', version: '', findings: advisories.map(({ name, one, via }) => finding({
    rule: text(at(via, 'url')).split('/').at(-1) || at(via, 'source'), title: at(via, 'title'), severity: at(via, 'severity') ?? at(one, 'severity'),
    where: [`${name} ${text(at(via, 'range')) || text(at(one, 'range'))}`, ...list(at(one, 'nodes'))],
    ids: [text(at(via, 'url')).split('/').at(-1), ...list(at(via, 'cwe'))],
  })) }
}

/** OSV-Scanner's JSON: sources, their packages, the vulnerabilities of each. Groups carry the highest score. */
export function readOsvScanner(json: unknown): Read {
  const results = list(at(json, 'results'))
  if (results.length === 0 || !results.some((result) => Array.isArray(at(result, 'packages')))) return null
  return { tool: 'osv-scanner', version: '', findings: results.flatMap((result) =>
    list(at(result, 'packages')).flatMap((held) => list(at(held, 'vulnerabilities')).map((one) => ofVulnerability(one, held, result)))) }
}

function ofVulnerability(one: unknown, held: unknown, result: unknown): Finding {
  const id = text(at(one, 'id'))
  const group = list(at(held, 'groups')).find((candidate) => list(at(candidate, 'ids')).includes(id))
  return finding({
    rule: id, title: text(at(one, 'summary')) || at(one, 'details'),
    severity: at(group, 'max_severity') ?? at(one, 'database_specific', 'severity'),
    where: [`${text(at(held, 'package', 'name'))} ${text(at(held, 'package', 'version'))}`, at(result, 'source', 'path')],
    ids: [id, ...list(at(one, 'aliases')), ...list(at(one, 'database_specific', 'cwe_ids'))],
  })
}
