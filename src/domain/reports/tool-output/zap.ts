import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { at, finding, list, text, type Finding } from './finding.ts'

type Read = { tool: string; version: string; findings: Finding[] } | null

/** ZAP writes its risk as a number. */
const risks = ['info', 'low', 'medium', 'high']
const riskOf = (code: unknown): unknown => risks[Number(text(code) || -1)]

/** ZAP's traditional report in JSON. */
export function readZapJson(json: unknown): Read {
  const sites = list(at(json, 'site'))
  if (sites.length === 0 || !sites.some((site) => Array.isArray(at(site, 'alerts')))) return null
  return {
    tool: 'ZAP', version: text(at(json, '@version')),
    findings: sites.flatMap((site) => list(at(site, 'alerts'))).map((alert) => finding({
      rule: at(alert, 'pluginid'), title: at(alert, 'name') ?? at(alert, 'alert'), severity: riskOf(at(alert, 'riskcode')),
      where: list(at(alert, 'instances')).map((instance) => at(instance, 'uri')), ids: [at(alert, 'cweid')],
    })),
  }
}

/** The same in XML. Document types are refused by the parser, so that nothing is fetched and nothing grows. */
export function readZapXml(source: string): Read {
  const { root } = parseXml(source)
  if (root?.name !== 'OWASPZAPReport') return null
  return {
    tool: 'ZAP', version: root.attributes['version'] ?? '',
    findings: descendants(root, 'alertitem').map((alert) => finding({
      rule: inner(alert, 'pluginid'), title: inner(alert, 'name') || inner(alert, 'alert'), severity: riskOf(inner(alert, 'riskcode')),
      where: descendants(alert, 'uri').map(({ text: uri }) => uri), ids: [inner(alert, 'cweid')],
    })),
  }
}

function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => !(child instanceof XmlElement) ? [] : child.name === name ? [child] : descendants(child, name))
}

const inner = (element: XmlElement, name: string): string =>
  element.children.find((child): child is XmlElement => child instanceof XmlElement && child.name === name)?.text ?? ''
