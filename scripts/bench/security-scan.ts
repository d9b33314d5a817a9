/** The figures of `security-scan`: reports read and answered, hashes of lines, scanners side by side. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { wholeSecretsPlugin } from '../../actions/security-scan/src/tools/detect-secrets-plugin.ts'
import { rulesFile } from '../../actions/security-scan/src/tools/semgrep-rules/index.ts'
import { lineHashes } from '../../packages/shared/src/security/line-hash.ts'
import { git } from '../example-repository.ts'
import { inheritedEnvironment, NODE } from '../runner.ts'
import type { Timing } from './measure.ts'
import { median, quote, timeShell } from './measure.ts'
import { writeSecurityReports } from './security-reports.ts'
import type { SuiteRun } from './suite.ts'
import { runAtOnce, runReference, runSuite } from './suite.ts'
import type { Note } from './test-suite.ts'
import { makeBenchTree, removeTree } from './tree.ts'

export interface BenchPlace {
  /** Where Django's sources are kept. */
  readonly out: string
  /** Made anew. */
  readonly tree: string
  readonly rounds: number
}

export interface ScanPlace extends BenchPlace {
  /** Bundle of the action. */
  readonly program: string
}

const top = resolve(import.meta.dirname, '../..')
const wantedFindings = 25_000

/**
 * Reports of five scanners: read, resolved, merged, as SARIF and summary; and as a whole step of a workflow, with its
 * start, git, `result.json`, the page and all else. Each beside what only parses, writes and packs the same bytes.
 */
export function measureFindings({ out, tree, program, rounds }: ScanPlace, note: Note): void {
  removeTree(tree)
  makeBenchTree(out, tree)
  const reports = writeSecurityReports(tree, wantedFindings)
  const pairs = Array.from({ length: rounds }, (_, round) => {
    const steps = runSteps(tree, out, reports)
    const reference = runJsonReference(join(out, 'packed-size'), tree, reports)
    const run = runWholeStep(tree, program, reports)
    for (const told of [steps.told, run.told])
      if (told !== wantedFindings) throw new Error(`${told} findings were read, not ${wantedFindings}`)
    console.log(
      `  round ${round + 1}: ${seconds(steps.seconds)} beside ${seconds(steps.reference)}; the whole step ${seconds(run.wall)} (CPU ${seconds(run.cpu)}), ${run.peak.toFixed(0)} MB, beside ${seconds(reference.wall)} (CPU ${seconds(reference.cpu)})`,
    )
    return { steps, run, reference }
  })
  const middle = (of: (pair: (typeof pairs)[number]) => number) => median(pairs.map(of))
  const bytes = reports.reduce((sum, path) => sum + statSync(join(tree, path)).size, 0)
  const about = `${wantedFindings} findings of five tools (${(bytes / 1e6).toFixed(0)} MB; ${pairs[0]?.run.findings} risks)`
  const named = `${about}: read, resolve, merge, SARIF, summary`
  note(named, seconds(middle(({ steps }) => steps.seconds)), '< 3 s')
  note(`${named} ÷ reference`, middle(({ steps }) => steps.seconds / steps.reference).toFixed(2), '≤ 6')
  const whole = `${about}: the whole step, with all other outputs`
  note(whole, seconds(middle(({ run }) => run.wall)), '–')
  const ratio = middle(({ run, reference }) => run.wall / reference.wall).toFixed(2)
  const ofCpu = middle(({ run, reference }) => run.cpu / reference.cpu).toFixed(2)
  note(`${whole} ÷ a process of the reference`, `${ratio}, of CPU ${ofCpu}`, '–')
  note(`${whole}, peak memory`, `${middle(({ run }) => run.peak).toFixed(0)} MB`, '< 400 MB')
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}

interface Steps {
  readonly seconds: number
  readonly reference: number
  readonly told: number
}

function runSteps(tree: string, out: string, reports: readonly string[]): Steps {
  const script = join(import.meta.dirname, 'findings-steps.ts')
  const args = ['--conditions=source', script, tree, join(out, 'steps'), ...reports]
  const { stdout, stderr, status } = spawnSync(NODE, args, { encoding: 'utf8', env: inheritedEnvironment() })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function runWholeStep(tree: string, program: string, reports: readonly string[]): SuiteRun {
  // There is no token to send anything with, but all is made for it, hashes of lines too.
  const upload = { 'upload-sarif': 'true' }
  const gate = { 'default-gate': 'off', gate: 'tools-failed == 0' }
  return runSuite(tree, { mode: 'report', reports: reports.join('\n'), ...gate, ...upload }, program)
}

/** Throws where it did not come to its end. */
function runJsonReference(sizeFile: string, tree: string, reports: readonly string[]): Timing {
  rmSync(sizeFile, { force: true })
  const files = reports.map((path) => join(tree, path))
  const command = [NODE, join(import.meta.dirname, 'json-reference.mjs'), sizeFile, ...files]
  const timing = timeShell(command.map(quote).join(' '), top, inheritedEnvironment())
  if (!existsSync(sizeFile)) throw new Error('the reference failed')
  return timing
}

/** All lines of all of Django's modules, in turns with a loop that only looks at each character. */
export function measureFingerprints({ out, tree, rounds }: BenchPlace, note: Note): void {
  removeTree(tree)
  makeBenchTree(out, tree)
  const texts = globSync('django/**/*.py', { cwd: tree }).map((path) =>
    readFileSync(join(tree, path), 'utf8'),
  )
  const sources = texts.map((text) => ({ text, lines: text.split('\n').map((_, index) => index + 1) }))
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const pairs = Array.from({ length: rounds * 5 }, () => ({
    plain: timed(() => texts.reduce((sum, text) => sum + addUnits(text), 0)),
    hashed: timed(() => sources.reduce((sum, { text, lines }) => sum + lineHashes(text, lines).size, 0)),
  }))
  const speed = bytes / 1e6 / median(pairs.map(({ hashed }) => hashed))
  const ratio = median(pairs.map(({ plain, hashed }) => hashed / plain))
  const about = `hashes of every line of ${(bytes / 1e6).toFixed(1)} MB`
  note(about, `${speed.toFixed(0)} MB/s`, '≥ 20 MB/s')
  note(`${about}, ÷ a loop over the characters`, ratio.toFixed(1), '–')
}

function timed(work: () => number): number {
  const start = performance.now()
  if (work() === 0) throw new Error('there was nothing to do')
  return (performance.now() - start) / 1000
}

function addUnits(text: string): number {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0
  return sum
}

/** Scanners that come from the Python index. Our rules stand in the tree, so that the reference reads the same. */
const scanners = ['pip-audit', 'bandit', 'semgrep', 'detect-secrets', 'zizmor']

/** Side by side against one after the other, with advisories from this machine. */
export async function measureScanners({ out, tree, program, rounds }: ScanPlace, note: Note): Promise<void> {
  removeTree(tree)
  makeBenchTree(out, tree)
  writeScannedFiles(tree)
  const server = spawn(
    process.execPath,
    ['--conditions=source', join(import.meta.dirname, 'advisories.ts')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  try {
    const [url] = await once(server.stdout, 'data')
    const inputs = {
      ...{ tools: scanners.join('\n'), 'osv-url': String(url).trim(), 'semgrep-rules': '.semgrep' },
      ...{ cache: 'off', history: 'off', timeout: '30m', gate: 'tools-failed == 0', 'default-gate': 'off' },
    }
    runSuite(tree, inputs, program)
    const pairs = Array.from({ length: rounds }, (_, round) => compareOnce(tree, inputs, program, round + 1))
    note('scanners, CPU ÷ CPU of the same commands', median(pairs.map(({ cpu }) => cpu)).toFixed(2), '–')
    note(
      'scanners side by side ÷ one after the other',
      median(pairs.map(({ ratio }) => ratio)).toFixed(2),
      '–',
    )
    note(
      'scanners side by side ÷ all started at once by a shell',
      median(pairs.map(({ atOnce }) => atOnce)).toFixed(2),
      '–',
    )
    note(
      'scanners side by side ÷ max(longest, CPU ÷ cores), CPU as side by side',
      median(pairs.map(({ loaded }) => loaded)).toFixed(2),
      '≤ 1.05',
    )
    note(
      'scanners side by side ÷ max(longest, CPU ÷ cores), CPU as one after the other',
      median(pairs.map(({ bound }) => bound)).toFixed(2),
      '–',
    )
  } finally {
    server.kill()
  }
}

function compareOnce(tree: string, inputs: Readonly<Record<string, string>>, program: string, round: number) {
  const run = runSuite(tree, inputs, program)
  const ran = run.commands.filter(({ commands }) => commands.length > 0).map(({ tool }) => tool)
  const missing = [...scanners.filter((tool) => !ran.includes(tool)), ...run.failed]
  if (missing.length > 0) throw new Error(`did not run: ${missing.join(', ')}`)
  const plugins = restorePlugins(run)
  const reference = runReference(run)
  const atOnce = runAtOnce(run)
  for (const path of plugins) rmSync(path)
  const each = Object.entries(reference.byTool).map(([tool, { wall }]) => `${tool} ${wall.toFixed(1)}`)
  const longest = Math.max(...Object.values(reference.byTool).map(({ wall }) => wall))
  const boundOf = ({ cpu }: Timing) => Math.max(longest, cpu / availableParallelism())
  console.log(
    `  round ${round}: side by side ${run.wall.toFixed(1)} s (CPU ${run.cpu.toFixed(1)} s), all at once by a shell ${atOnce.wall.toFixed(1)} s, one after the other ${reference.wall.toFixed(1)} s (${each.join(', ')}), CPU ${reference.cpu.toFixed(1)} s`,
  )
  return {
    atOnce: run.wall / atOnce.wall,
    ratio: run.wall / reference.wall,
    bound: run.wall / boundOf(reference),
    // The same work takes more CPU where others keep the machine busy, be it ours or a shell that starts it.
    loaded: run.wall / boundOf(atOnce),
    cpu: run.cpu / reference.cpu,
  }
}

/** Where the run had them: they are gone with it, and without them the reference would end at once. */
function restorePlugins({ commands }: SuiteRun): readonly string[] {
  const all = commands.flatMap((each) => each.commands.map(({ command }) => command))
  const plugins = all.flatMap((words) => words.filter((_, index) => words[index - 1] === '--plugin'))
  for (const path of plugins) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, wholeSecretsPlugin)
  }
  return plugins
}

/** What there is to look at beside the modules. */
function writeScannedFiles(tree: string): void {
  const files = {
    'requirements.txt': 'acme-orders==1.0.0\nrequests==2.32.0\njinja2==3.1.4\n',
    '.github/workflows/ci.yml':
      'on: push\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make test\n',
    '.semgrep/rules.yml': rulesFile(),
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  git(tree, 'add', '--all')
  git(tree, 'commit', '--quiet', '--message=what scanners look at')
}
