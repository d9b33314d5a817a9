/**
 * Speed, side by side in one run, as ratios: the quality gate and the scanners against the same tools with the same
 * arguments run one after the other, and what reads files against a bare reader of them. Installation is not part of
 * it. Nothing here fails a build; `docs/performance.md` holds the figures of a run, and says what was tried where a
 * target is missed.
 */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { median, quote, timeShell } from './bench/measure.ts'
import { timeRendering } from './bench/rendering.ts'
import { measureFindings, measureFingerprints, measureScanners } from './bench/security-scan.ts'
import type { SuiteRun } from './bench/suite.ts'
import { bundle, forget, runReference, runSuite } from './bench/suite.ts'
import { measureCoverage, measureResults, measureShards } from './bench/test-suite.ts'
import { changeFiles, makeBenchTree, removeTree } from './bench/tree.ts'
import { actionTarget, buildBundle, COMMAND_LINE } from './bundle.ts'
import { inheritedEnvironment, NODE } from './runner.ts'

const out = join(resolve(import.meta.dirname, '..'), '.cache/bench')
const tree = join(out, 'tree')
const rounds = Number(process.env['BENCH_ROUNDS'] ?? '3')

const perFile = ['black', 'isort', 'ruff', 'flake8', 'complexity', 'docstrings']
const rows: string[][] = []

function note(what: string, value: string, target: string): void {
  rows.push([what, value, target])
  console.log(`${what}: ${value} (target ${target})`)
}

function inputs(tools: readonly string[], cache: string): Readonly<Record<string, string>> {
  return { tools: tools.join('\n'), cache, timeout: '30m', gate: 'tools-failed == 0', 'default-gate': 'off' }
}

function freshTree(): void {
  removeTree(tree)
  makeBenchTree(out, tree)
}

/** Cold against one after the other; the tools that use all cores by themselves bound what can be gained. */
function compareCold(): void {
  const tools = ['black', 'isort', 'ruff', 'flake8', 'pylint', 'mypy']
  freshTree()
  runSuite(tree, inputs(tools, 'file'))
  const ratios: number[] = []
  const bounds: number[] = []
  for (let round = 0; round < rounds; round++) {
    const suite = runSuite(tree, inputs(tools, 'off'))
    const reference = runReference(suite)
    ratios.push(suite.wall / reference.wall)
    const serial = ['isort', 'mypy'].map((tool) => reference.byTool[tool]?.wall ?? 0)
    bounds.push(suite.wall / Math.max(...serial, reference.cpu / availableParallelism()))
    console.log(
      `  round ${round + 1}: suite ${suite.wall.toFixed(1)} s, one after the other ${reference.wall.toFixed(1)} s`,
    )
  }
  note('cold, wall ÷ one after the other', median(ratios).toFixed(2), '–')
  note('cold, wall ÷ max(longest serial tool, CPU ÷ cores)', median(bounds).toFixed(2), '≤ 1.05')
}

/** The same tree again, unchanged and with five files changed, as a share of the cold run. */
function compareWarm(name: string, tools: readonly string[], cache: string, target: string): void {
  const changed: number[] = []
  const same: number[] = []
  freshTree()
  // Whatever is installed for these tools is installed now.
  runSuite(tree, inputs(tools, cache))
  for (let round = 0; round < rounds; round++) {
    freshTree()
    forget()
    const cold = runSuite(tree, inputs(tools, cache))
    same.push(runSuite(tree, inputs(tools, cache)).wall / cold.wall)
    changeFiles(tree, 5)
    changed.push(runSuite(tree, inputs(tools, cache)).wall / cold.wall)
    console.log(`  round ${round + 1}: cold ${cold.wall.toFixed(1)} s`)
  }
  note(`five files changed, ${name}, ÷ cold`, median(changed).toFixed(3), target)
  note(`nothing changed, ${name}, ÷ cold`, median(same).toFixed(3), '≤ 0.03')
}

/** Wall beyond the one tool that ran, and our own memory, with more than 10,000 findings. */
function measureOverhead(): void {
  freshTree()
  const wanted = { ...inputs(['ruff'], 'off'), 'tool-args': 'ruff: --select=ANN201,D' }
  runSuite(tree, wanted)
  const runs: SuiteRun[] = Array.from({ length: rounds }, () => runSuite(tree, wanted))
  const overhead = median(
    runs.map(
      (run) =>
        run.wall -
        run.commands.flatMap(({ commands }) => commands).reduce((sum, { seconds }) => sum + seconds, 0),
    ),
  )
  const findings = runs[0]?.findings ?? 0
  note(`own overhead at ${findings} findings`, `${overhead.toFixed(2)} s`, '≤ 0.5 s at 10,000')
  note(
    `own peak memory at ${findings} findings`,
    `${median(runs.map(({ peak }) => peak)).toFixed(0)} MB`,
    '≤ 200 MB at 10,000',
  )
}

function measureRendering(): void {
  timeRendering(1_000)
  for (const count of [10_000, 100_000]) {
    const seconds = timeRendering(count)
    const total = Object.values(seconds).reduce((sum, each) => sum + each, 0)
    const parts = Object.entries(seconds).map(([name, each]) => `${name} ${each.toFixed(2)}`)
    note(
      `${count} findings to every output`,
      `${total.toFixed(2)} s (${parts.join(', ')})`,
      count === 100_000 ? '< 3 s' : '–',
    )
  }
}

function measureStart(): void {
  note('bundle', `${(statSync(bundle).size / 1e6).toFixed(2)} MB`, '–')
  const env = { ...inheritedEnvironment(), INPUT_ENFORCE: 'perhaps', RUNNER_TEMP: join(out, 'temp') }
  mkdirSync(env.RUNNER_TEMP, { recursive: true })
  const commandLine = join(buildBundle(COMMAND_LINE), 'index.js')
  const starts = [
    ['with the cache client', quote(bundle), '≤ 5.5'],
    ['without it', `${quote(commandLine)} quality-gate --enforce perhaps`, '≤ 3.5'],
  ] as const
  for (const [name, program, target] of starts) {
    const ratios = Array.from({ length: 7 }, () => {
      const bare = timeShell(`${quote(NODE)} -e 0`, tree, env)
      return timeShell(`${quote(NODE)} ${program}`, tree, env).wall / bare.wall
    })
    note(
      `start ${name}, to the answer that an input is wrong, ÷ node -e 0`,
      median(ratios).toFixed(1),
      target,
    )
  }
}

function scanBundle(): string {
  return join(buildBundle(actionTarget('security-scan')), 'index.js')
}

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  start: () => {
    freshTree()
    measureStart()
  },
  rendering: measureRendering,
  overhead: measureOverhead,
  warm: () => {
    compareWarm('tools that are exact per file', perFile, 'file', '≤ 0.05')
    compareWarm('with mypy', [...perFile, 'mypy'], 'file', '≤ 0.1')
    compareWarm('with Pylint by imports', [...perFile, 'mypy', 'pylint'], 'imports', '≤ 0.4')
  },
  cold: compareCold,
  results: () => measureResults(rounds, note),
  coverage: () => measureCoverage(out, rounds, note),
  shards: () => measureShards(note),
  findings: () => measureFindings({ out, tree, rounds, program: scanBundle() }, note),
  fingerprints: () => measureFingerprints({ out, tree, rounds }, note),
  scanners: () => measureScanners({ out, tree, rounds, program: scanBundle() }, note),
}

mkdirSync(out, { recursive: true })
const wanted = process.argv.slice(2)
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name}`)
  await measure()
}
rmSync(tree, { recursive: true, force: true })
const table = [
  '| figure | measured | target |',
  '|:--|--:|--:|',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
].join('\n')
writeFileSync(join(out, 'figures.md'), `${table}\n`)
console.log(`\n${table}`)
