import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestTls } from 'node:https'
import { BlockList, isIP } from 'node:net'

/** The address that somebody has named is not one that we ask. */
export class Unreachable extends Error {
  readonly code = 'address_not_allowed'
}

export interface OutboundOptions {
  /** Set where the operator allows addresses inside their own network, and with them plain HTTP. */
  readonly privateNetwork?: boolean
  /** Largest answer in bytes that is read. */
  readonly maxBytes?: number
}

export interface OutboundRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | URLSearchParams | null
  readonly signal?: AbortSignal
}

const timeoutMs = 10_000

/**
 * A `fetch` for addresses that others have given us (server-side request forgery, OWASP): https alone, public addresses alone, judged after the
 * name was resolved and on the very address that is connected to, so that a name cannot point elsewhere in between. Follows no redirect.
 */
export async function outbound(address: string, asked: OutboundRequest = {}, options: OutboundOptions = {}): Promise<Response> {
  const url = new URL(address)
  const { privateNetwork = false, maxBytes = 1024 * 1024 } = options
  if (url.protocol !== 'https:' && !(privateNetwork && url.protocol === 'http:')) throw new Unreachable('Only https addresses are asked.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !privateNetwork && isInside(host)) throw insideNetwork()
  const answer = await send(url, asked, privateNetwork ? undefined : publicLookup)
  const body = await bodyOf(answer, maxBytes)
  const headers = Object.entries(answer.headers).flatMap(([name, value]) => value === undefined ? [] : [[name, String(value)] as [string, string]])
  const status = answer.statusCode ?? 500
  return new Response([204, 304].includes(status) ? null : body, { status, headers })
}

function send(url: URL, { method = 'GET', headers, body, signal }: OutboundRequest, lookup: RequestOptions['lookup']): Promise<IncomingMessage> {
  const text = body === undefined || body === null ? undefined : String(body)
  const given = AbortSignal.timeout(timeoutMs)
  const how: RequestOptions = {
    method, signal: signal ? AbortSignal.any([signal, given]) : given, agent: false, ...lookup && { lookup },
    headers: { ...headers, ...text !== undefined && { 'content-length': String(Buffer.byteLength(text)) } },
  }
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? requestTls : requestPlain)(url, how, resolve)
    sent.once('error', reject)
    sent.end(text)
  })
}

async function bodyOf(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > maxBytes) throw new Unreachable('The answer is too large.')
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** Answers only if every address of the name is public: one that is not is somebody's try. */
export const publicLookup: NonNullable<RequestOptions['lookup']> = (name, options, done) => {
  resolveName(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, '')
    if (addresses.length === 0 || addresses.some(({ address }) => isInside(address))) return done(insideNetwork(), '')
    if (options.all) return (done as unknown as (error: null, addresses: LookupAddress[]) => void)(null, addresses)
    return done(null, addresses[0]!.address, addresses[0]!.family)
  })
}

export const insideNetwork = () => new Unreachable('The address lies inside a private network. The setting AVOW_PRIVATE_NETWORK allows that.')

/** Everything that is not a public unicast address (IANA's special-purpose registries, RFC 6890). */
const inside4 = subnets('ipv4', [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3],
])
/** Of IPv6 only 2000::/3 is public, and of that neither documentation nor the ways by which IPv4 is reached (Teredo, 6to4). */
const inside6 = subnets('ipv6', [['::', 3], ['4000::', 2], ['8000::', 1], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]])

function subnets(family: 'ipv4' | 'ipv6', nets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList()
  for (const [net, bits] of nets) list.addSubnet(net, bits, family)
  return list
}

/** Whether an IP address is anything but public. IPv4 inside IPv6 is too: nobody publishes such an address. */
export const isInside = (address: string): boolean =>
  isIP(address) === 6 ? inside6.check(address, 'ipv6') : isIP(address) === 0 || inside4.check(address, 'ipv4')
