/** What the desk gains where script runs: pages that follow what colleagues do, and keys. */
import type { Htmx } from 'htmx.org'
import 'htmx.org'
import 'htmx.org/dist/ext/hx-sse.js'
import './insert.ts'
import './keys.ts'
import './typed.ts'

declare global {
  interface Window { htmx: Htmx }
}

// On a phone the places are a row that is wider than the screen.
document.querySelector('.desk-rail [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })

// What somebody has opened stays open when the page is drawn anew under them.
window.htmx.config.morphIgnore.push('open')
