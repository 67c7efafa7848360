// Lets Node run our TypeScript and TSX as they stand: each file goes through esbuild when it is first imported.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

const options = {
  format: 'esm', target: 'node26', sourcemap: 'inline', sourcesContent: false, jsx: 'automatic', jsxImportSource: 'hono/jsx', tsconfigRaw: '{}',
}

registerHooks({
  load(url, context, next) {
    const kind = /\.(tsx?)$/.exec(url)?.[1]
    if (!kind || url.includes('/node_modules/')) return next(url, context)
    const file = fileURLToPath(url)
    const { code } = transformSync(readFileSync(file, 'utf8'), { ...options, loader: kind, sourcefile: file })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
