import type { PropsWithChildren } from 'hono/jsx'
import { at } from '../web/place.ts'
import { asset } from './assets.ts'
import { Nav, type Place } from './nav.tsx'
import { Notice } from './notice.tsx'
import type { Surroundings } from './surroundings.ts'
import { Wordmark } from './wordmark.tsx'

type Frame = PropsWithChildren<{ page: Surroundings; title: string }>

const publicPlaces: readonly Place[] = [
  { to: '/', label: 'Security' },
  { to: '/report', label: 'Report a vulnerability' },
  { to: '/track', label: 'Follow a report' },
  { to: '/updates', label: 'Updates' },
  { to: '/verify', label: 'Verify' },
]

/** What visitors see: the organisation in front, Avow in the last line. `hero` spans the page above the text. */
export const PublicLayout = ({ page, title, hero, children }: Frame & { hero?: unknown }) => (
  <Document page={page} title={title} kind="public" scripts={['avow.js']}>
    <header class="masthead">
      <div class="frame">
        <a class="masthead-name" href={at('/')}>{page.organization.name}</a>
        <Nav label="Main" places={publicPlaces} here={page.path} />
      </div>
    </header>
    <main id="main" tabindex={-1}>
      {hero}
      <div class="frame main-text">
        <Flash page={page} />
        {children}
      </div>
    </main>
    <footer class="foot">
      <div class="frame">
        <span class="foot-mark"><Wordmark /> a security policy that proves it is kept</span>
        <a href={at('/verify')}>Check this page yourself</a>
        <a href={at('/disclosed')}>Disclosed reports</a>
        <a href={at('/api')}>API</a>
        <a href={at('/desk')}>Team</a>
      </div>
    </footer>
  </Document>
)

/** One thing in the middle of an empty page: sign-in, a refusal, nothing found. */
export const PlainLayout = ({ page, title, children }: Frame) => (
  <Document page={page} title={title} kind="plain" scripts={['avow.js']}>
    <header class="masthead"><div class="frame"><a class="masthead-name" href={at('/')}>{page.organization.name}</a></div></header>
    <main id="main" tabindex={-1} class="frame"><div class="stack"><Flash page={page} />{children}</div></main>
    <footer class="foot"><div class="frame"><span class="foot-mark"><Wordmark /></span></div></footer>
  </Document>
)

/** The skeleton of every page. `body` is given the class of its frame. */
export const Document = ({ page, title, kind, scripts, children }: Frame & { kind: 'public' | 'desk' | 'plain'; scripts: readonly string[] }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title === page.organization.name ? title : `${title} · ${page.organization.name}`}</title>
      <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={asset('avow.css')} />
      {scripts.map(script => <script type="module" src={asset(script)} />)}
    </head>
    <body class={kind}>
      <a class="skip" href="#main">Skip to content</a>
      {page.organization.example ? <ExampleBanner /> : null}
      {children}
    </body>
  </html>
)

const ExampleBanner = () => (
  <aside class="example-banner" aria-label="Example data">Example data: this organisation is invented, and so is all of its work.</aside>
)

/** What the last page left to be said. It is said once: reading it removes it. */
export const Flash = ({ page: { flash } }: { page: Surroundings }) => flash ? <Notice tone="good" live>{flash}</Notice> : null
