const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** Of an ISO 3166-1 alpha-2 code; undefined where there is no such country. */
export const countryName = (code: string): string | undefined =>
  /^[A-Z]{2}$/.test(code) && !reserved.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}` ? names.of(code) : undefined

/** Codes that stand for no country, for several, or for a part of one. What a country was called once is told by `getCanonicalLocales`. */
const reserved = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'])

/** Every country, by name. */
export const countries: readonly { readonly code: string; readonly name: string }[] = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  .flatMap((first, _, letters) => letters.map((second) => first + second))
  .flatMap((code) => { const name = countryName(code); return name === undefined ? [] : [{ code, name }] })
  .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
