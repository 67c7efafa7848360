// npm run docs: writes the pages that are generated from the code.
import { writeFileSync } from 'node:fs'
import { modules } from '../src/app.ts'
import { settingsPage } from '../src/config/index.ts'
import { findKind, kindsPage } from '../src/ledger/index.ts'
import { accessMatrix } from '../src/verbs/access-matrix.ts'
import { registry } from '../src/verbs/registry.ts'

writeFileSync(new URL('../docs/operate/settings.md', import.meta.url), settingsPage())
writeFileSync(new URL('../docs/guides/access-matrix.md', import.meta.url), accessMatrix(registry(modules, (kind) => findKind(kind) !== undefined)))
writeFileSync(new URL('../docs/formats/entry-kinds.md', import.meta.url), kindsPage())
