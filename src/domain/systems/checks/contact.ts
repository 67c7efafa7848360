import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { reasonOf, together, type Look } from './look.ts'

const TIMEOUT_MS = 10_000

export interface Contact {
  /** Address of the organisation's pages, without a slash at its end. */
  readonly base: string
  /** The mailbox's server, `smtp://`, `smtps://`, `imap://` or `imaps://`, where one is configured. */
  readonly mailbox?: string | undefined
  readonly nowMs: number
}

/** Our page answers, security.txt has not expired (RFC 9116, section 2.5.5), and the mailbox's server greets. */
export async function lookAtContact({ base, mailbox, nowMs }: Contact): Promise<Look> {
  const looks = [await lookAtPage(`${base}/`), await lookAtSecurityTxt(`${base}/.well-known/security.txt`, nowMs)]
  return together(mailbox === undefined ? looks : [...looks, await lookAtMailbox(mailbox)])
}

async function lookAtPage(url: string): Promise<Look> {
  return fetched(url, async (response) => ({ passed: true, detail: `The page answers with ${response.status}.` }))
}

async function lookAtSecurityTxt(url: string, nowMs: number): Promise<Look> {
  return fetched(url, async (response) => {
    const text = await response.text()
    const expires = Date.parse(/^Expires:\s*(\S+)/mi.exec(text)?.[1] ?? '')
    if (!/^Contact:\s*\S/mi.test(text)) return { passed: false, detail: 'security.txt names no contact.' }
    if (Number.isNaN(expires)) return { passed: false, detail: 'security.txt has no date on which it expires.' }
    return { passed: expires > nowMs, detail: `security.txt ${expires > nowMs ? 'expires' : 'expired'} on ${new Date(expires).toISOString().slice(0, 10)}.` }
  })
}

/** Looks at this very address: where it sends a visitor on to another one, the detail says so. */
async function fetched(url: string, look: (response: Response) => Promise<Look>): Promise<Look> {
  const path = new URL(url).pathname
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS), headers: { 'user-agent': 'Avow check.contact' } })
    return response.ok ? await look(response) : { passed: false, detail: `${path} answers with ${response.status}.` }
  } catch (error) {
    return { passed: false, detail: `${path} does not answer: ${reasonOf((error as Error).cause ?? error)}.` }
  }
}

/** SMTP greets with 220, IMAP with `* OK`; nothing is sent but the leave-taking. */
async function lookAtMailbox(server: string): Promise<Look> {
  const { protocol, hostname: host, port } = new URL(server)
  const wanted = protocol.startsWith('imap') ? '* OK' : '220'
  const usual = { 'smtp:': 25, 'smtps:': 465, 'imap:': 143, 'imaps:': 993 }[protocol] ?? 0
  try {
    const greeting = await firstLine({ host, port: Number(port) || usual, secure: protocol.endsWith('s:') })
    const passed = greeting.startsWith(wanted)
    return { passed, detail: passed ? 'The mailbox’s server greets.' : 'The mailbox’s server does not greet as it should.' }
  } catch (error) {
    return { passed: false, detail: `The mailbox’s server does not answer: ${reasonOf(error)}.` }
  }
}

function firstLine({ host, port, secure }: { host: string; port: number; secure: boolean }): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: Socket = secure ? connectTls({ host, port, servername: host }) : connectPlain({ host, port })
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer within 10 seconds')))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed without a greeting')))
    socket.once('data', (data) => {
      resolve(data.toString('latin1').split('\r\n')[0]!)
      socket.end(port === 143 || port === 993 ? 'a LOGOUT\r\n' : 'QUIT\r\n')
    })
  })
}
