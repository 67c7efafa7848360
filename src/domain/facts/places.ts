/** Where exactly a weakness is: what tells two independent reports of one thing from two things. */
export type Place = readonly [asset: string, weakness: string, endpoint: string, parameter: string]

export interface Located {
  /** Of the report, or '' where none was chosen: then the host stands for it. */
  readonly asset: string
  readonly weakness: string
  readonly text: string
  /** As the form asked for them. */
  readonly endpoint?: string
  readonly parameter?: string
}

const most = 20
const longest = 100_000
/** What was tried stands in it as it is, angle brackets and all. */
const url = /\bhttps?:\/\/[^\s"'`)\]}]+/giu
const request = /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/[^\s"'`)\]}]*)/gu
const name = String.raw`[\w.\[\]-]{1,40}`
const quotes = '`"\'“”‘’'
/** “the parameter `q`”, “`q` parameter”, “the q parameter”, in the plural too. */
const parameter = new RegExp([
  String.raw`\b(?:parameters?|fields?|headers?|cookies?) [${quotes}](${name})[${quotes}]`,
  String.raw`[${quotes}](${name})[${quotes}] (?:parameter|field|header|cookie)\b`,
  String.raw`\b(${name})(?= (?:query |url |get |post )?parameter\b)`,
].join('|'), 'giu')
const notNames = new Set(
  ['a', 'an', 'the', 'this', 'that', 'which', 'each', 'every', 'one', 'any', 'query', 'url', 'get', 'post', 'vulnerable', 'same', 'following', 'injectable'])

/** Every endpoint that the text names with every parameter of it; none without a kind of weakness, since that alone says nothing. */
export function placesIn({ asset, weakness, text: whole, endpoint, parameter: given }: Located): Place[] {
  if (!weakness) return []
  if (endpoint && asset) return [[asset, weakness, declaredEndpoint(endpoint), given ?? '']]
  const text = whole.slice(0, longest)
  const named = namedParameters(text.replace(url, ' '))
  const endpoints = [...text.matchAll(url), ...text.matchAll(request)].flatMap(([found, path]) => endpointOf(path ?? found))
  const places = endpoints.flatMap(({ host, path, parameters }) => {
    const where = asset || host
    const all = [...new Set([...parameters, ...named])]
    return where ? (all.length > 0 ? all : ['']).map((one) => [where, weakness, path, one] as const) : []
  })
  return [...new Map(places.map((place) => [place.join('\n'), place])).values()].slice(0, most)
}

/** An address or a path as they are compared; what is neither, such as a function's name, as it was written. */
const declaredEndpoint = (endpoint: string): string => {
  const [address] = /(?:https?:\/)?\/\S*/i.exec(endpoint) ?? []
  return (address && endpointOf(address)[0]?.path) || endpoint
}

function namedParameters(text: string): string[] {
  const names = [...text.matchAll(parameter)].map((match) => match.slice(1).find((name) => name !== undefined)!)
  return [...new Set(names.filter((name) => !notNames.has(name.toLowerCase())))].slice(0, most)
}

function endpointOf(found: string): { host: string; path: string; parameters: string[] }[] {
  try {
    const { hostname, pathname, searchParams } = new URL(found.replace(/[>.,;:]+$/, ''), 'http://none.invalid')
    const host = hostname === 'none.invalid' ? '' : hostname
    return [{ host, path: pathname.split('/').map(nameOf).join('/').replace(/\/$/, ''), parameters: [...searchParams.keys()].slice(0, most) }]
  } catch {
    return []
  }
}

/** Numbers and ids differ from one visitor to the next. */
const nameOf = (segment: string) => /^(\d+|[\da-f]{16,}|[\da-f-]{36})$/i.test(segment) ? ':id' : segment
