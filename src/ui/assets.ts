import { buildSync } from 'esbuild'
import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One file that the browser may fetch. Its name carries a hash of its content, so it may be kept for ever. */
export interface Asset { readonly path: string; readonly type: string; readonly body: Uint8Array }

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml',
}
const root = fileURLToPath(new URL('../../', import.meta.url))
const entries = [
  'src/ui/css/avow.css', 'src/ui/favicon.svg', 'src/client/avow.ts', 'src/client/desk.ts', 'src/client/verify.ts',
  'src/client/proof-worker.ts', 'src/client/player.ts', 'src/client/lesson.ts',
]

/** Style sheet, scripts, fonts and icon, by path (`/assets/avow-3F2K.css`). Built in memory once per process, in some 50 ms. */
export const assets: ReadonlyMap<string, Asset> = build()

const named = new Map([...assets.keys()].map(path => [path.replace(/^\/assets\/(.*)-[A-Z0-9]{8}(\.\w+)$/, '$1$2'), path]))

/** `asset('avow.css')` → `/assets/avow-3F2KQ7AB.css`. */
export function asset(name: string): string {
  const path = named.get(name)
  if (!path) throw new Error(`There is no asset called “${name}”.`)
  return path
}

function build(): Map<string, Asset> {
  const { outputFiles } = buildSync({
    absWorkingDir: root, entryPoints: entries, outdir: 'dist/assets', write: false, bundle: true, minify: true, format: 'esm',
    target: 'es2024', entryNames: '[name]-[hash]', assetNames: '[name]-[hash]', publicPath: '/assets', tsconfigRaw: '{}',
    loader: { '.woff2': 'file', '.svg': 'copy' },
  })
  return new Map(outputFiles.map(file => {
    const path = `/assets/${basename(file.path)}`
    return [path, { path, type: types[extname(path)] ?? 'application/octet-stream', body: file.contents }]
  }))
}
