import { serve } from '@hono/node-server'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from 'playwright-core'
import { pathOf } from './needs.ts'

const quiet = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** The Chromium that is installed. It asks nobody but us. */
export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: pathOf('chromium'), args: quiet })

/** Serves an application on a free port of this machine. */
export async function listening(fetch: (request: Request) => Response | Promise<Response>): Promise<{ origin: string; close(): Promise<void> }> {
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise(ready => server.once('listening', ready))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      server.close(() => done())
    }),
  }
}

export interface Look { readonly scheme: 'light' | 'dark'; readonly width: number }

/** Phone and desk, by day and by night. */
export const looks: readonly Look[] = [
  { scheme: 'light', width: 1280 }, { scheme: 'dark', width: 1280 }, { scheme: 'light', width: 390 }, { scheme: 'dark', width: 390 },
]

/** A tab with nothing in it, and what its pages complain about: scripts' errors and what our content policy refused. */
export async function newTab(browser: Browser, { scheme = 'light', width = 1280, script = true }: Partial<Look> & { script?: boolean } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: script, hasTouch: width < 600, reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const tab = await context.newPage()
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(error.message))
  tab.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()) })
  return { tab, complaints }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface AxeResult { violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }

/** What axe finds against WCAG 2.2 AA, one line for each element. */
export async function violations(tab: Page): Promise<string[]> {
  await tab.evaluate(axe)
  const result = await tab.evaluate((tags) => (globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } }).axe
    .run({ runOnly: { type: 'tag', values: tags } }), wcag)
  return result.violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`))
}

/** Whether the page can be scrolled sideways, or on a phone a table in it: nothing may. */
export const overflows = (tab: Page): Promise<boolean> => tab.evaluate(() => {
  const boxes = innerWidth < 600 ? document.querySelectorAll('.table-box:has(.table-cards)') : []
  return [document.documentElement, ...boxes].some((box) => box.scrollWidth > box.clientWidth)
})

/** Opens all that can be opened, also where only one of several may be open, so that everything on the page is looked at. */
export async function openAll(tab: Page): Promise<void> {
  for (const details of await tab.locator('details').all()) {
    await details.evaluate((element) => { element.removeAttribute('name'); element.setAttribute('open', '') })
  }
}
