import { ReadableStream as Streamed } from 'node:stream/web'
import { getMimeType } from 'hono/utils/mime'
import { addressOf } from '../../../access/organizations.ts'
import { Invalid, NotFound } from '../../../lib/errors.ts'
import { asset } from '../../../ui/assets.ts'
import { runVerb } from '../../../verbs/run.ts'
import { html } from '../../../web/answer.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { readText } from '../../../web/posted.ts'
import type { PackageItem } from '../packages/manifest.ts'
import { findFile, readFilePart, reportAttempt, runOf, type Run } from '../run-time/run.ts'

/** The page around a running package. It is ours; what it shows in its frame is not, and is of the same origin, as SCORM demands. */
const playerPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
  + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

/** A package runs its own scripts, and reaches nobody but the host that it is on. It cannot lead the page around it elsewhere. */
export const packagePolicy = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; form-action 'self'; frame-ancestors 'self'; "
  + 'sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads'

const never = { 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' }

/** All of this is served on the host of the courses alone, where no cookie counts: the token in the path is all that is asked for. */
export function runPages(web: Web): void {
  web.protocol('GET', '/run/:token', player)
  web.protocol('GET', '/run/:token/files/:file{.+}', file)
  web.protocol('POST', '/run/:token/report', report)
}

const mostPosted = 700_000

async function report(page: Page): Promise<Response> {
  const said = json(await readText(page.request, mostPosted))
  const answer = await runVerb(page.deps, reportAttempt, page.actor, page.organization.id, { ...said, run: page.param('token') })
  return Response.json(answer)
}

function json(text: string): object {
  try { return Object(JSON.parse(text)) as object } catch { throw new Invalid({ '': 'This is no JSON.' }) }
}

async function player(page: Page): Promise<Response> {
  const run = await page.reading((tx) => runOf(tx, page.param('token')))
  const wanted = page.url.searchParams.get('part')
  const item = run.package.items.find(({ id }) => id === wanted) ?? firstOpen(run)
  const address = page.at(`/run/${page.param('token')}`)
  const back = `${await addressOf(page.deps.database, page.organization.id, page.deps.publicUrl ?? '')}/me/training/${run.slug}`
  return html(<Player run={run} item={item} address={address} back={back} />, 200, { 'content-security-policy': playerPolicy, ...never })
}

/** The first part that has said nothing yet. */
const firstOpen = ({ package: { items }, attempt: { reported } }: Run): PackageItem => items.find(({ id }) => !Object.hasOwn(reported, id)) ?? items[0]!

interface PlayerProps { run: Run; item: PackageItem; address: string; back: string }

const Player = ({ run: { version, attempt, package: { standard, items } }, item, address, back }: PlayerProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{version.title}</title>
      <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={asset('avow.css')} />
      <script type="module" src={asset('player.js')} />
    </head>
    <body class="player" data-run={JSON.stringify({
      standard, item, attempt: attempt.id, address, values: attempt.ended_at ? {} : attempt.reported[item.id]?.values ?? {},
    })}>
      <header class="desk-bar">
        <h1>{version.title}</h1>
        <span role="status" id="player-state"></span>
        <a class="button button-second" id="player-leave" href={back}>Save and leave</a>
      </header>
      {items.length > 1 ? (
        <nav aria-label="Parts"><ol class="tabs">{items.map(({ id, title }) => (
          <li><a href={`${address}?part=${encodeURIComponent(id)}`} aria-current={id === item.id ? 'page' : undefined}>{title}</a></li>
        ))}</ol></nav>
      ) : null}
      <main>
        <noscript><p>This course was made elsewhere, and needs scripts. Switch them on for this address, which is apart from the one where you sign
          in.</p></noscript>
        <iframe id="player-frame" title={item.title} allow="fullscreen"
          sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads"></iframe>
      </main>
    </body>
  </html>
)

const slice = 256 * 1024

async function file(page: Page): Promise<Response> {
  // A worker would outlive the visit, and would see what other packages load.
  if (page.request.headers.get('service-worker')) throw new NotFound()
  const found = await page.reading(async (tx) => {
    const { version } = await runOf(tx, page.param('token'))
    const row = await findFile(tx, version.id, page.param('file'))
    return row && { versionId: version.id, ...row }
  })
  if (!found) throw new NotFound()
  const { from, to, partial } = rangeOf(page.request.headers.get('range'), found.size)
  const headers = {
    'content-type': typeOf(found.path), 'content-length': String(to - from), 'accept-ranges': 'bytes', 'content-security-policy': packagePolicy,
    ...never, 'cache-control': 'private, max-age=3600', ...partial && { 'content-range': `bytes ${from}-${to - 1}/${found.size}` },
  }
  return new Response(Streamed.from(slices(page, found, from, to)) as ReadableStream<Uint8Array<ArrayBuffer>>, { status: partial ? 206 : 200, headers })
}

async function* slices(page: Page, { versionId, path }: { versionId: string; path: string }, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let start = from; start < to; start += slice) yield await page.reading((tx) => readFilePart(tx, versionId, path, start, Math.min(slice, to - start)))
}

/** One range (RFC 9110, 14.2), which films ask for; whatever else is asked for gets all of it. */
function rangeOf(header: string | null, size: number): { from: number; to: number; partial: boolean } {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  return (first !== '' || last !== '') && from < to ? { from, to, partial: true } : { from: 0, to: size, partial: false }
}

/** Without a charset: old packages say theirs in the page itself. */
const typeOf = (path: string): string => (getMimeType(path.toLowerCase()) ?? 'application/octet-stream').replace(/;.*$/, '')
