#!/usr/bin/env node
// Starts the verifier. From a clone of Avow it is built first, and runs on the Node.js that the clone has brought along.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const below = (path) => fileURLToPath(new URL(path, import.meta.url))
const ownNode = below('../../../node_modules/.bin/node')

if (typeof Temporal !== 'undefined') {
  if (existsSync(below('../src'))) await import('../build.mjs')
  await import('../dist/avow-verify.mjs')
} else if (existsSync(ownNode)) {
  process.exitCode = spawnSync(ownNode, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1
} else {
  console.error(`avow-verify needs Node.js 26 or newer; this is ${process.version}.`)
  process.exitCode = 1
}
