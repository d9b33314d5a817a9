/**
 * Records what the real tools print, in the versions that the suite locks, into test/fixtures/tools/<tool>/: for
 * each case and command the exit code (`.json`), standard output and standard error, and the files it wrote. The
 * temporary folder's path becomes `/project` and times become fixed ones, so that a difference is the tool's.
 *
 *   node --conditions=source scripts/fixtures.ts [tool …]
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { tools as gateTools } from '../actions/quality-gate/src/tools/index.ts'
import { tools as scanTools } from '../actions/security-scan/src/tools/index.ts'
import type { Project } from '../packages/shared/src/tool/project.ts'
import { casesOf } from '../test/tools/cases.ts'
import { openToolRunner } from '../test/tools/run-case.ts'

const folder = resolve(import.meta.dirname, '../test/fixtures/tools')
const wanted = process.argv.slice(2)
const runner = await openToolRunner({ build: true })

/** Times, names of workers, and what programs of this machine are called. */
const changing: readonly (readonly [RegExp, string])[] = [
  [/\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+(\+00:00)?/g, '\t2026-01-01 00:00:00.000000$1'],
  [/"(time|timeInSec|detectionDate)": ("?)[\d.T:Z-]+\2/g, '"$1": $20$2'],
  [/"generated_at": "[^"]*"/g, '"generated_at": "2026-01-01T00:00:00Z"'],
  [/"time":\{.*\},"engine_requested"/g, '"time":{},"engine_requested"'],
  [/127\.0\.0\.1:\d+|port=\d+/g, '127.0.0.1:1'],
  // Of npm: where its log is, and what it thinks of the user's configuration.
  [/^npm (?:error A complete log of this run|warn Unknown ).*\n/gm, ''],
  [/"date": \[\s*"[^"]*"/g, '"date": ["Thu, 01 Jan 2026 00:00:00 GMT"'],
  // Of Gitleaks: the time of a line, and how long it took. Of OSV-Scanner: the same.
  [/(?<=^|\[90m)\d+:\d\d[AP]M\b/gm, '0:00AM'],
  [/\btmp\/tool-case-\w+\//g, ''],
  [/ in [\d.]+[mµn]?s$/gm, ' in 0ms'],
  [/[\d.]+[mµn]?s elapsed, [\d.]+[mµn]?s wall time/g, '0s elapsed, 0s wall time'],
  // Of TruffleHog: times, the name of a worker, and where it cloned to.
  [/"ts":"[^"]*"/g, '"ts":"2026-01-01T00:00:00Z"'],
  [/"scan_duration":"[^"]*"/g, '"scan_duration":"0ms"'],
  [/"source_manager_worker_id":"\w+"/g, '"source_manager_worker_id":"0"'],
  [/[^"\s]*\/trufflehog-[\d-]+/g, '/clone'],
  // Of Trivy: when, and a name for the report.
  [/"ReportID": "[^"]*"/g, '"ReportID": "0"'],
  [/"CreatedAt": "[^"]*"/g, '"CreatedAt": "2026-01-01T00:00:00Z"'],
  [/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)(?=\t)/gm, '2026-01-01T00:00:00Z'],
  // Of uv: the interpreter of this machine, and what it asks the index, in any order.
  [/Using Python [\d.]+/g, 'Using Python 3.11.0'],
  [/python3\.\d+\/site-packages/g, 'python3.11/site-packages'],
  [/index\/[0-9a-f]{16}\//g, 'index/0/'],
  [/"python": "[\d.]+"/g, '"python": "3.11.0"'],
  [/pylint-crash-[\d-]+/g, 'pylint-crash'],
  [/0x[0-9a-f]{6,}/g, '0x0'],
  [/^time: [\d.]+\w*s$/gm, 'time: 0ms'],
  // Paths of the interpreter in tracebacks.
  [/"[^"\n]*\/lib\/python3\.\d+\//g, '"/python/'],
  [/[\d.]+ +(seconds elapsed|total \w+ processed per second|\w+ \w+ processed per second)/g, '0 $1'],
]

for (const tool of [...gateTools, ...scanTools]) {
  if (wanted.length > 0 && !wanted.includes(tool.id)) continue
  if (!runner.canRun(tool)) {
    console.log(
      `${tool.id}: what was recorded stays, since it is not in PATH in the version that the suite locks`,
    )
    continue
  }
  rmSync(join(folder, tool.id), { recursive: true, force: true })
  mkdirSync(join(folder, tool.id), { recursive: true })
  for (const toolCase of casesOf(tool.id)) {
    // With several processes Black prints files in any order.
    const { request, recordings } = await runner.run(tool, toolCase, tool.id === 'black' ? { cores: 1 } : {})
    const settle = withoutPlace(topOf(request.project), request.command)
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

/** Holds the project, its cache and its output. */
function topOf({ root, folder }: Project): string {
  return dirname(folder === '' ? root : root.slice(0, -folder.length - 1))
}

/** Replaces what is another in each run or on each machine. */
function withoutPlace(top: string, command: readonly string[]): (text: string) => string {
  const environment = dirname(dirname(command.at(-1) ?? ''))
  return (text) =>
    changing.reduce(
      (settled, [pattern, other]) => settled.replaceAll(pattern, other),
      text
        .replaceAll(`${top}/`, '/')
        .replaceAll(environment, '/environment')
        .replaceAll(`"${homedir()}/`, '"/home/'),
    )
}
