import type { Fact, Group } from './fact.ts'

/** What a list of CVE records says of one id. */
export type CveAnswer =
  | { readonly state: 'published'; readonly since: string; readonly title: string }
  | { readonly state: 'rejected' | 'reserved' | 'absent' }
  | { readonly state: 'unchecked'; readonly why: string }

export interface Cited {
  readonly cves: readonly string[]
  readonly cwes: readonly string[]
  /** In which year it is: no id is of a later one. */
  readonly year: number
  /** As the list that is shipped knows it. */
  cwe(id: string): { readonly standing: 'weakness' | 'category' | 'deprecated' | 'unknown'; readonly name: string | undefined }
  readonly cve: ReadonlyMap<string, CveAnswer>
  readonly lists: string
}

/** Ids are given since then. */
const firstYear = 1999

/** Whether the ids that a report cites exist, and whether what it tells of is public already. */
export function checkKnown(cited: Cited): Group {
  const weaknesses = cited.cwes.map((id) => ({ about: id, ...weakness(cited.cwe(id)) }))
  const vulnerabilities = cited.cves.map((id) => ({ about: id, ...vulnerability(id, cited) }))
  return { check: 'known', against: cited.lists, facts: [...weaknesses, ...vulnerabilities] }
}

function weakness({ standing, name }: ReturnType<Cited['cwe']>): Omit<Fact, 'about'> {
  switch (standing) {
    case 'weakness': return { mark: 'yes', says: name ?? 'exists' }
    case 'category': return { mark: 'hint', says: 'a category, which groups weaknesses and is none itself' }
    case 'deprecated': return { mark: 'hint', says: 'exists, and should no longer be used' }
    case 'unknown': return { mark: 'no', says: 'does not exist in this version of the list' }
  }
}

function vulnerability(id: string, { year, cve }: Cited): Omit<Fact, 'about'> {
  const of = Number(id.slice(4, 8))
  if (of < firstYear || of > year) return { mark: 'no', says: `cannot exist: ids are given from ${firstYear} to ${year}` }
  const answer = cve.get(id) ?? { state: 'unchecked', why: 'no list is configured' }
  switch (answer.state) {
    case 'published': return { mark: 'yes', says: [`public since ${answer.since || 'an unknown day'}`, answer.title].filter(Boolean).join(': ') }
    case 'rejected': return { mark: 'hint', says: 'exists, and was rejected' }
    case 'reserved': return { mark: 'hint', says: 'is reserved: its record is not public yet' }
    case 'absent': return { mark: 'no', says: 'does not stand in the list; it may be newer than the list' }
    case 'unchecked': return { mark: 'unchecked', says: `not checked: ${answer.why}` }
  }
}
