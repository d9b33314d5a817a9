/**
 * Records what real runners write, on the projects in test/fixtures/runners/<id>/project, in the versions of
 * test/test-suite/runners.ts. Runners are installed into a temporary folder: npm, pip, go and mvn have to be there.
 * Machine paths, times and what else is another in each run become fixed values, so that a difference is the runner's.
 *
 *   node --conditions=source scripts/result-fixtures.ts [runner …]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, extname, join, resolve } from 'node:path'
import type { RecordedRunner } from '../test/test-suite/runners.ts'
import { recordedRunners } from '../test/test-suite/runners.ts'

const folder = resolve(import.meta.dirname, '../test/fixtures/runners')
const wanted = process.argv.slice(2)
for (const runner of recordedRunners) if (wanted.length === 0 || wanted.includes(runner.id)) record(runner)

function record(runner: RecordedRunner): void {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'runner-')))
  try {
    const project = join(scratch, 'project')
    cpSync(join(folder, runner.id, 'project'), project, { recursive: true })
    const { bin, versions } = install(runner, scratch, project)
    const env = { ...process.env, ...runner.env, PATH: [bin, process.env['PATH']].join(delimiter) }
    const { stdout, stderr } = run(runner.command, project, env)
    const text = runner.writes === '-' ? stdout : readWritten(join(project, runner.writes), stdout + stderr)
    const extension =
      runner.writes === '-' ? (runner.format === 'tap' ? '.tap' : '.json') : extname(runner.writes)
    writeFileSync(join(folder, runner.id, `recorded${extension}`), settled(text, scratch))
    writeFileSync(join(folder, runner.id, 'versions.json'), `${JSON.stringify(versions, null, 2)}\n`)
    console.log(`${runner.id}: ${text.length} characters`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

interface Installed {
  /** Folder with the runner's programs. */
  readonly bin: string
  readonly versions: Readonly<Record<string, string>>
}

function install({ from, packages }: RecordedRunner, scratch: string, project: string): Installed {
  const pinned = Object.fromEntries(packages.map((name) => name.split(/(?!^)==|(?!^)@/)))
  if (from === 'npm') {
    writeFileSync(join(project, 'package.json'), '{"private":true}\n')
    must(['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', ...packages], project)
    return { bin: join(project, 'node_modules', '.bin'), versions: { node: process.version, ...pinned } }
  }
  if (from === 'pip') {
    const bin = join(scratch, 'environment', 'bin')
    must(['python3', '-m', 'venv', join(scratch, 'environment')], scratch)
    must([join(bin, 'pip'), 'install', '--quiet', ...packages], scratch)
    return {
      bin,
      versions: { python: firstLine(must([join(bin, 'python'), '--version'], scratch)), ...pinned },
    }
  }
  const bin = join(scratch, 'bin')
  if (from === 'maven') return { bin, versions: { java: firstLine(must(['java', '--version'], scratch)) } }
  for (const name of packages) must(['go', 'install', name], scratch, { ...process.env, GOBIN: bin })
  return { bin, versions: { go: firstLine(must(['go', 'version'], scratch)), ...pinned } }
}

function run(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env) {
  const [program = '', ...args] = command
  const { stdout, stderr, error, status } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (error !== undefined) throw error
  return { stdout, stderr, status }
}

function must(command: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): string {
  const { stdout, stderr, status } = run(command, cwd, env)
  if (status !== 0) throw new Error(`${command.join(' ')} ended with exit code ${status}:\n${stderr}`)
  return stdout
}

function readWritten(path: string, printed: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`It did not write its file. It printed:\n${printed}`, { cause: error })
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}

/** Replaces what is another in each run or on each machine. Throws where a path of the machine is left. */
function settled(text: string, scratch: string): string {
  const given = text
    .replaceAll(`${scratch}/environment`, '/environment')
    .replaceAll(scratch, '')
    .replaceAll(process.execPath, 'node')
    // Of Surefire: everything that the Java machine knows about the machine.
    .replaceAll(/<properties>\s*<property name="java[\s\S]*?<\/properties>/g, '<properties/>')
    .replaceAll(/\b(time|duration)="[\d.]+"/g, '$1="0.001"')
    .replaceAll(/\btimestamp="[^"]*"/g, 'timestamp="2026-01-01T00:00:00"')
    .replaceAll(/\bhostname="[^"]*"/g, 'hostname="host"')
    .replaceAll(/"Time":"[^"]*"/g, '"Time":"2026-01-01T00:00:00Z"')
    .replaceAll(/"Elapsed":[\d.e-]+/g, '"Elapsed":0.01')
    .replaceAll(/\b\d+(\.\d+)?m?s\b/g, '0.01s')
    .replaceAll(/# time=[\d.]+m?s/g, '# time=1ms')
    .replaceAll(/(duration_ms|time): [\d.]+/g, '$1: 1')
    .replaceAll(/\+?\b0x[0-9a-f]+\b/g, '0x0')
    .replaceAll(/goroutine \d+/g, 'goroutine 7')
    .replaceAll(/[^\s"'(]*\/lib\/python3\.\d+\//g, '/python/')
    .replaceAll(/[^\s"'(]*\/go(?:-[\d.]+|@[\w.-]+)?\/src\//g, '/go/src/')
  const left = /\/(?:tmp|root|home|work|Users|usr)\/[^\s"'<]*/.exec(given)
  if (left !== null) throw new Error(`A path of this machine is left: ${left[0]}`)
  return given
}
