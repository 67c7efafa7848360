import { isIP } from 'node:net'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { insideNetwork, isInside, publicLookup, Unreachable } from '../../../lib/outbound.ts'
import { reasonOf, type Look } from './look.ts'

const TIMEOUT_MS = 10_000
const DAY_MS = 86_400_000

export interface TlsOptions {
  /** Certificates to trust beside the usual ones. */
  readonly ca?: string
  readonly nowMs?: number
  /** Where the operator allows addresses inside their own network. Otherwise whoever lists a host could feel their way behind the firewall. */
  readonly privateNetwork?: boolean
}

/** `host` or `host:port`: speaks TLS 1.2 or newer and nothing older, with a certificate that is valid for the host today. */
export async function lookAtTls(place: string, { ca, nowMs = Date.now(), privateNetwork = false }: TlsOptions = {}): Promise<Look> {
  const [host = '', port = '443'] = place.split(':')
  // A name is judged by the address that is connected to, so that it cannot point elsewhere in between.
  const lookup = privateNetwork ? {} : { lookup: publicLookup }
  const to = { host, port: Number(port), servername: isIP(host) ? '' : host, ...lookup, ...ca !== undefined && { ca } }
  try {
    if (!privateNetwork && isIP(host) && isInside(host)) throw insideNetwork()
    const { protocol, validTo } = await handshake({ ...to, minVersion: 'TLSv1.2' })
    if (await speaksOld(to)) return { passed: false, detail: `${place} still speaks TLS older than 1.2.` }
    const days = Math.floor((Date.parse(validTo) - nowMs) / DAY_MS)
    return { passed: days >= 0, detail: `${place} speaks ${protocol}; its certificate is valid for another ${days} days.` }
  } catch (error) {
    return { passed: false, detail: `${place}: ${error instanceof Unreachable ? error.message : `${reasonOf(error)}.`}` }
  }
}

/** The old versions are asked for with ciphers that our own library otherwise refuses. */
async function speaksOld(to: ConnectionOptions): Promise<boolean> {
  const old = { ...to, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0', rejectUnauthorized: false } as const
  return handshake(old).then(() => true, () => false)
}

function handshake(options: ConnectionOptions): Promise<{ protocol: string; validTo: string }> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect(options, () => {
      resolve({ protocol: socket.getProtocol() ?? 'TLS', validTo: socket.getPeerCertificate().valid_to })
      socket.destroy()
    })
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer within 10 seconds')))
    socket.once('error', reject)
  })
}
