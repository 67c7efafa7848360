// npm run docs: writes the pages that are generated from the code.
import { writeFileSync } from 'node:fs'
import { settingsPage } from '../src/config/index.ts'

writeFileSync(new URL('../docs/operate/settings.md', import.meta.url), settingsPage())
