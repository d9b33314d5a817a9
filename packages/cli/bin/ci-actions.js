#!/usr/bin/env node
// Runs the sources, which need no build: Node strips their types. A release has one bundled file instead of this.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
const node = existsSync(pinned) ? pinned : process.execPath
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const child = spawn(node, ['--conditions=source', '--no-warnings', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// A terminal sends Ctrl-C to both of us; what is only sent to this process is passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('error', (error) => {
  console.error(`ci-actions: ${node} could not be started: ${error.message}`)
  process.exit(3)
})
child.on('close', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
