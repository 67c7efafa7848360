import { parseXml, XmlElement } from '@rgrove/parse-xml'

/** One part that a learner opens. */
export interface PackageItem {
  readonly id: string
  readonly title: string
  /** Address within the package, with its query. */
  readonly launch: string
  /** Whether it reports; a part that does not has only to be opened. */
  readonly reports: boolean
  /** From which score it is passed: 0 to 100 in SCORM 1.2, -1 to 1 in 2004; null: it judges itself. */
  readonly pass: number | null
  readonly launchData: string
}

export interface Package { readonly standard: '1.2' | '2004'; readonly title: string; readonly items: readonly PackageItem[]; readonly ordered: boolean }

export interface ManifestProblem { readonly line: number; readonly message: string }

/**
 * Reads `imsmanifest.xml` (SCORM 1.2 Content Aggregation Model 2.2; SCORM 2004 CAM 3.4). `has` says whether the package holds a file. The
 * parser knows no document types, so nothing is fetched and no entity grows. Names are compared without their prefixes: packages use many.
 */
export function readManifest(xml: string, has: (path: string) => boolean): { read: Package | null; problems: readonly ManifestProblem[] } {
  try {
    const { root } = parseXml(xml, { includeOffsets: true })
    if (!root || named(root) !== 'manifest') return { read: null, problems: [{ line: 1, message: 'It does not begin with “manifest”.' }] }
    return new Reading(xml, root, has).all()
  } catch (error) {
    const { line = 1, message } = error as Error & { line?: number }
    return { read: null, problems: [{ line, message: `It is not well-formed XML: ${message.split('\n')[0]}` }] }
  }
}

class Reading {
  readonly #problems: ManifestProblem[] = []
  readonly #resources: ReadonlyMap<string, { element: XmlElement; base: string }>
  readonly #standard: '1.2' | '2004'

  constructor(readonly xml: string, readonly root: XmlElement, readonly has: (path: string) => boolean) {
    const resources = under(root, 'resources')
    const base = (attribute(root, 'base') ?? '') + (attribute(resources, 'base') ?? '')
    this.#resources = new Map(all(resources, 'resource').map((element) =>
      [attribute(element, 'identifier') ?? '', { element, base: base + (attribute(element, 'base') ?? '') }]))
    this.#standard = /^\s*(CAM\s*)?1\.3|2004/i.test(textOf(under(root, 'metadata'), 'schemaversion')) || /adlcp_v1p3/.test(xml) ? '2004' : '1.2'
  }

  all(): { read: Package | null; problems: readonly ManifestProblem[] } {
    const organizations = under(this.root, 'organizations')
    const listed = all(organizations, 'organization')
    const organization = listed.find((one) => attribute(one, 'identifier') === attribute(organizations, 'default')) ?? listed[0]
    if (!/scorm/i.test(textOf(under(this.root, 'metadata'), 'schema')) && !/adlcp/.test(this.xml)) {
      this.#wrong(this.root, 'It is not a SCORM package: neither “ADL SCORM” nor its namespace is named.')
    }
    const items = organization ? this.#itemsOf(organization) : []
    if (items.length === 0) this.#wrong(organization ?? organizations ?? this.root, 'It names no part that a learner could open.')
    const title = textOf(organization, 'title') || items[0]?.title || ''
    const ordered = /<(\w+:)?(sequencingRules|prerequisites)\b/.test(this.xml)
    return { read: this.#problems.length > 0 ? null : { standard: this.#standard, title, items, ordered }, problems: this.#problems }
  }

  /** In the order of the text, whatever the depth. */
  #itemsOf(parent: XmlElement): PackageItem[] {
    return all(parent, 'item').flatMap((item) => {
      const wanted = attribute(item, 'identifierref')
      const own = wanted === undefined || attribute(item, 'isvisible') === 'false' ? null : this.#item(item, wanted)
      return [...own ? [own] : [], ...this.#itemsOf(item)]
    })
  }

  #item(item: XmlElement, wanted: string): PackageItem | null {
    const resource = this.#resources.get(wanted)
    const href = attribute(resource?.element, 'href')
    if (!resource || href === undefined) return this.#wrong(item, `It opens “${wanted}”, which is no resource with an address.`)
    const url = new URL(`${resource.base}${href}${attribute(item, 'parameters') ?? ''}`.replaceAll('\\', '/'), 'http://package.invalid/')
    if (url.host !== 'package.invalid') return this.#wrong(resource.element, `“${href}” lies on another server. Everything has to be in the package.`)
    if (!this.has(pathOf(url))) return this.#wrong(resource.element, `“${href}” is not in the package.`)
    const primary = under(under(under(item, 'sequencing'), 'objectives'), 'primaryobjective')
    const measured = attribute(primary, 'satisfiedbymeasure') === 'true' ? textOf(primary, 'minnormalizedmeasure') || '1' : ''
    const pass = this.#standard === '1.2' ? textOf(item, 'masteryscore') : measured
    return {
      id: attribute(item, 'identifier') ?? wanted, title: textOf(item, 'title') || wanted, launch: `${url.pathname}${url.search}${url.hash}`.slice(1),
      reports: attribute(resource.element, 'scormtype')?.toLowerCase() === 'sco', pass: pass === '' || Number.isNaN(Number(pass)) ? null : Number(pass),
      launchData: textOf(item, 'datafromlms'),
    }
  }

  #wrong({ start }: XmlElement, message: string): null {
    this.#problems.push({ line: this.xml.slice(0, Math.max(0, start)).split('\n').length, message })
    return null
  }
}

function pathOf({ pathname }: URL): string {
  try { return decodeURIComponent(pathname.slice(1)) } catch { return pathname.slice(1) }
}

const withoutPrefix = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase()
const named = ({ name }: XmlElement) => withoutPrefix(name)

const all = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  (parent?.children ?? []).filter((child): child is XmlElement => child instanceof XmlElement && named(child) === name)
const under = (parent: XmlElement | undefined, name: string): XmlElement | undefined => all(parent, name)[0]
const textOf = (parent: XmlElement | undefined, name: string): string => under(parent, name)?.text.trim() ?? ''
const attribute = (element: XmlElement | undefined, name: string): string | undefined =>
  Object.entries(element?.attributes ?? {}).find(([key]) => withoutPrefix(key) === name)?.[1]
