import { Agent, request as send, type IncomingHttpHeaders } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { newId } from '../../src/lib/ids.ts'

export interface Flood {
  /** Where the organisation's pages are. */
  readonly home: string
  readonly junk: number
  readonly seconds: number
  readonly addresses: number
  /** Real reports, evenly between. Each reporter is another. */
  readonly real: number
  /** What real reporters do before they send: let their browser work, or take a while to type. */
  readonly effort: 'work' | { readonly typeSeconds: number }
}

export interface Flooded {
  readonly taken: number
  /** Other answers than *taken in*, by status, and requests that broke. */
  readonly otherwise: Readonly<Record<string, number>>
  /** Milliseconds from sending until page and receipt were there, of each real report. */
  readonly realMs: readonly number[]
  readonly realTitles: readonly string[]
  readonly seconds: number
}

/** As many in flight as a bot net of this size would have; beyond, it falls behind its own schedule. */
const inFlightMost = 256
const agent = new Agent({ keepAlive: true, maxSockets: inFlightMost + 32 })

interface Answer { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

/** Each address of 127.0.0.0/8 is this machine, so that a thousand senders need no more than one. */
function ask(url: string, { from, cookie = '', body }: { from: string; cookie?: string; body?: URLSearchParams }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, ...body && { 'content-type': 'application/x-www-form-urlencoded' } }
    const request = send(url, { method: body ? 'POST' : 'GET', agent, localAddress: from, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
        .on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }))
    })
    request.on('error', reject).end(body?.toString())
  })
}

const cookiesOf = ({ headers }: Answer) => (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]!)
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** Junk at an even pace, from as many addresses; one form was fetched for all of it. Real reporters come between. */
export async function flood(of: Flood): Promise<Flooded> {
  const start = performance.now()
  const until = (at: number) => pause(Math.max(0, start + at - performance.now()))
  const form = await ask(`${of.home}/report`, { from: '127.0.0.1' })
  const [cookie, csrf] = [cookiesOf(form).join('; '), hidden(form.text, 'csrf')]
  const [otherwise, inFlight]: [Record<string, number>, Set<Promise<void>>] = [{}, new Set()]
  let taken = 0
  async function one(n: number): Promise<void> {
    const body = new URLSearchParams({ csrf, submission: newId(), title: `Offer ${n}`, description: `${words(n)} `.repeat(20), skipped: 'none',
      good_faith: 'yes' })
    const status = await ask(`${of.home}/report`, { from: addressOf(n % of.addresses), cookie, body }).then((answer) => answer.status, () => 'broken')
    if (status === 303) taken++
    else otherwise[status] = (otherwise[status] ?? 0) + 1
  }
  async function junk(): Promise<void> {
    for (let n = 0; n < of.junk; n++) {
      await until(n * 1000 * of.seconds / of.junk)
      const sent: Promise<void> = one(n).finally(() => inFlight.delete(sent))
      inFlight.add(sent)
      if (inFlight.size >= inFlightMost) await Promise.race(inFlight)
    }
    await Promise.all(inFlight)
  }
  const reals = Array.from({ length: of.real }, async (_, n) => {
    await until((n + 0.5) * 1000 * of.seconds / of.real)
    return report(of, n)
  })
  const [, realMs] = await Promise.all([junk(), Promise.all(reals)])
  return { taken, otherwise, realMs, realTitles: reals.map((_, n) => titleOf(n)), seconds: (performance.now() - start) / 1000 }
}

const titleOf = (n: number) => `Real weakness ${n}`
const addressOf = (n: number) => `127.1.${n >> 8 & 255}.${n & 255}`
const words = (n: number) => `Cheap offer number ${n} for your company, write back today.`

/** Fetches the form, fills it in, sends it, and reads the page that follows and its receipt, as a browser does. */
async function report({ home, effort }: Flood, n: number): Promise<number> {
  const from = `127.2.${n >> 8 & 255}.${n & 255}`
  const form = await ask(`${home}/report`, { from })
  const [jar, field] = [cookiesOf(form), (name: string) => hidden(form.text, name)]
  if (effort !== 'work') await pause(effort.typeSeconds * 1000)
  const proof = effort === 'work' ? await solved(unescaped(/data-challenge="([^"]*)"/.exec(form.text)![1]!)) : ''
  const body = new URLSearchParams({
    csrf: field('csrf'), submission: field('submission'), opened: field('opened'), proof,
    title: titleOf(n), description: 'A parameter is not checked.', steps: '1. Open the page. 2. Change the number.', good_faith: 'yes',
  })
  const begun = performance.now()
  const sent = await ask(`${home}/report`, { from, cookie: jar.join('; '), body })
  const cookie = [...jar, ...cookiesOf(sent)].join('; ')
  const page = await ask(`${home}/track/received`, { from, cookie })
  const receipt = await ask(`${home}/track/report/receipt`, { from, cookie })
  const took = performance.now() - begun
  if (sent.status !== 303 || !page.text.includes('We have your report') || receipt.status !== 200) {
    throw new Error(`A real report was answered with ${sent.status}, ${page.status} and ${receipt.status}.`)
  }
  return took
}

async function solved(challenge: string): Promise<string> {
  const asked = JSON.parse(challenge) as Parameters<typeof solveChallenge>[0]['challenge']
  return Buffer.from(JSON.stringify({ challenge: asked, solution: await solveChallenge({ challenge: asked, deriveKey }) })).toString('base64')
}
