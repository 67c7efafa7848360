// Lets Node run our TypeScript and TSX as they stand: each file goes through esbuild when it is first imported, and what
// came out is kept by the hash of what went in. Nothing else ever decides whether the kept one is good.
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync, version } from 'esbuild'

const options = {
  format: 'esm', target: 'node26', sourcemap: 'inline', sourcesContent: false, jsx: 'automatic', jsxImportSource: 'hono/jsx', tsconfigRaw: '{}',
}
const kept = fileURLToPath(new URL('../node_modules/.cache/avow', import.meta.url))

registerHooks({
  load(url, context, next) {
    const kind = /\.(tsx?)$/.exec(url)?.[1]
    if (!kind || url.includes('/node_modules/')) return next(url, context)
    return { format: 'module', source: transformed(fileURLToPath(url), kind), shortCircuit: true }
  },
})

function transformed(file, loader) {
  const text = readFileSync(file, 'utf8')
  const path = join(kept, hash('sha256', JSON.stringify([version, options, file, text])))
  try { return readFileSync(path, 'utf8') } catch { /* not seen before */ }
  const { code } = transformSync(text, { ...options, loader, sourcefile: file })
  keep(path, code)
  return code
}

/** Whole or not at all; where we may not write, nothing is kept. */
function keep(path, code) {
  try {
    mkdirSync(kept, { recursive: true })
    writeFileSync(`${path}.${process.pid}`, code)
    renameSync(`${path}.${process.pid}`, path)
  } catch { /* the next start transforms it again */ }
}
