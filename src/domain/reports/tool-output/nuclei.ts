import { at, finding, list, text, type Finding } from './finding.ts'

const isOne = (json: unknown): boolean => text(at(json, 'template-id')) !== '' && typeof at(json, 'info') === 'object'

/** nuclei's JSON: one object, an array of them, or (`-jsonl`) one a line. */
export function readNuclei(values: readonly unknown[]): { tool: string; version: string; findings: Finding[] } | null {
  const found = values.flatMap((value) => (Array.isArray(value) ? value as unknown[] : [value])).filter(isOne)
  if (found.length === 0) return null
  return { tool: 'nuclei', version: '', findings: found.map((one) => finding({
    rule: at(one, 'template-id'), title: at(one, 'info', 'name'), severity: at(one, 'info', 'severity'),
    where: [at(one, 'matched-at') ?? at(one, 'host')],
    ids: [...list(at(one, 'info', 'classification', 'cve-id')), ...list(at(one, 'info', 'classification', 'cwe-id'))],
  })) }
}
