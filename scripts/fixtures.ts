/**
 * Records what the real tools print, in the versions that the suite locks, into test/fixtures/tools/<tool>/: for
 * each case and command the exit code (`.json`), standard output and standard error, and the files it wrote. The
 * temporary folder's path becomes `/project` and times become fixed ones, so that a difference is the tool's.
 *
 *   node --conditions=source scripts/fixtures.ts [tool …]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { tools } from '../actions/quality-gate/src/tools/index.ts'
import { casesOf } from '../test/tools/cases.ts'
import { openToolRunner } from '../test/tools/run-case.ts'

const folder = resolve(import.meta.dirname, '../test/fixtures/tools')
const wanted = process.argv.slice(2)
const runner = await openToolRunner()

for (const tool of tools) {
  if (wanted.length > 0 && !wanted.includes(tool.id)) continue
  rmSync(join(folder, tool.id), { recursive: true, force: true })
  mkdirSync(join(folder, tool.id), { recursive: true })
  for (const toolCase of casesOf(tool.id)) {
    // With several processes Black prints files in any order.
    const { request, recordings } = await runner.run(tool, toolCase, tool.id === 'black' ? { cores: 1 } : {})
    const settle = withoutPlace(dirname(request.project.root), request.command)
    for (const [index, { exitCode, stdout, stderr, files }] of recordings.entries()) {
      const name = join(folder, tool.id, `${toolCase.name}.${index + 1}`)
      const written = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, settle(text)]))
      writeFileSync(
        `${name}.json`,
        `${JSON.stringify({ version: request.version, exitCode, files: written }, null, 2)}\n`,
      )
      writeFileSync(`${name}.stdout`, settle(stdout))
      writeFileSync(`${name}.stderr`, settle(stderr))
    }
    console.log(
      `${tool.id}: ${toolCase.name}, exit ${recordings.map(({ exitCode }) => exitCode).join(' and ')}`,
    )
  }
}

/** Replaces what is another in each run or on each machine. */
function withoutPlace(top: string, command: readonly string[]): (text: string) => string {
  const environment = dirname(dirname(command.at(-1) ?? ''))
  return (text) =>
    text
      .replaceAll(`${top}/`, '/')
      .replaceAll(environment, '/environment')
      .replaceAll(/\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+(\+00:00)?/g, '\t2026-01-01 00:00:00.000000$1')
      .replaceAll(/"(time|timeInSec|detectionDate)": ("?)[\d.T:Z-]+\2/g, '"$1": $20$2')
      .replaceAll(/"python": "[\d.]+"/g, '"python": "3.11.0"')
      .replaceAll(/pylint-crash-[\d-]+/g, 'pylint-crash')
      .replaceAll(/0x[0-9a-f]{6,}/g, '0x0')
      .replaceAll(/^time: [\d.]+\w*s$/gm, 'time: 0ms')
      // Paths of the interpreter in tracebacks.
      .replaceAll(/"[^"\n]*\/lib\/python3\.\d+\//g, '"/python/')
      .replaceAll(
        /[\d.]+ +(seconds elapsed|total \w+ processed per second|\w+ \w+ processed per second)/g,
        '0 $1',
      )
}
