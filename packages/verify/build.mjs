// Makes the one file that runs everywhere: `node packages/verify/build.mjs` writes dist/avow-verify.mjs.
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

const below = (path) => fileURLToPath(new URL(path, import.meta.url))

await build({
  entryPoints: [below('src/verify/main.ts')],
  outfile: below('dist/avow-verify.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  logLevel: 'error',
})
