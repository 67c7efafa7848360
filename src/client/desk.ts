/** What the desk gains where script runs: pages that follow what colleagues do, and keys. */
import 'htmx.org/dist/htmx.esm.js'
import 'htmx.org/dist/ext/hx-sse.js'
import './keys.ts'
