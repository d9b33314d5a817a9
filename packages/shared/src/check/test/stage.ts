/** Whole checks of real repositories in temporary folders, with tools that are small scripts. */
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolOutputError } from '../../action/errors.ts'
import type { RunEnd } from '../../action/run-action.ts'
import { runAction } from '../../action/run-action.ts'
import { defineAction } from '../../action/spec.ts'
import { checkMetrics } from '../../gate/built-in.ts'
import type { MetricDeclarations } from '../../gate/metric.ts'
import { scratchFolder } from '../../git/test/scratch.ts'
import type { Files, HostFacts, Processes } from '../../host/ports.ts'
import type { RecordingHost } from '../../host/recording/index.ts'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '../../host/recording/index.ts'
import { scriptTool } from '../../tool/test/stage.ts'
import type { Tool } from '../../tool/tool.ts'
import { checkProject } from '../check.ts'
import { checkInputs } from '../check-inputs.ts'
import type { CheckDefinition } from '../definition.ts'
import { checkInputProblems } from '../input-problems.ts'

const metrics = {
  ...checkMetrics,
  errors: { description: 'Bad lines.', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' },
  lines: { description: 'Lines.', unit: 'count', adds: 'sum', better: 'lower' },
  figure: { description: 'Derived.', unit: 'points', adds: 'only', better: 'higher' },
} as const satisfies MetricDeclarations

/**
 * Each line that begins with `bad` is a finding, and lines are measured. A file with a line `crash`, `hang` or `half` makes the tool
 * do that; `silent` makes it print nothing and be content.
 */
const script = `
const { readFileSync } = require('fs')
const results = process.argv.slice(1).map((path) => {
  const lines = readFileSync(path, 'utf8').split('\\n')
  if (lines.includes('crash')) { console.error('fatal: planted'); process.exit(42) }
  if (lines.includes('kill')) process.kill(process.pid, 'SIGKILL')
  if (lines.includes('half')) { process.stdout.write('[{"path":'); process.exit(0) }
  if (lines.includes('silent')) process.exit(0)
  return { path, lines: lines.length, bad: lines.flatMap((line, at) => (line.startsWith('bad') ? [at + 1] : [])) }
})
console.log(JSON.stringify(results))
`

interface Printed {
  readonly path: string
  readonly lines: number
  readonly bad: readonly number[]
}

function readPrinted(text: string): readonly Printed[] {
  try {
    return JSON.parse(text)
  } catch {
    throw new ToolOutputError('no JSON')
  }
}

export function lineTool(id: string, change: Partial<Tool> = {}): Tool {
  return scriptTool(script, {
    id,
    name: id,
    scope: 'file',
    metrics: ['errors', 'lines'],
    parse: async ({ stdout, request }) => {
      const printed = readPrinted(await stdout.text())
      const inRepository = (path: string) => join(request.project.folder, path)
      return {
        findings: printed.flatMap(({ path, bad }) =>
          bad.map((line) => ({
            rule: 'bad',
            level: 'error' as const,
            message: 'bad line',
            metric: 'errors',
            location: { path, line },
          })),
        ),
        measurements: printed.map(({ path, lines }) => ({
          metric: 'lines',
          value: lines,
          path: inRepository(path),
        })),
        filesChecked: printed.length,
      }
    },
    ...change,
  })
}

export interface CheckOptions {
  readonly tools?: readonly Tool[]
  readonly files?: Partial<Files>
  readonly processes?: Partial<Processes>
  readonly facts?: Partial<HostFacts>
  /** Shared by runs that are to remember. */
  readonly cacheFolder?: string
  readonly definition?: Partial<CheckDefinition>
}

export interface CheckRun extends RunEnd {
  readonly host: RecordingHost
  /** Reasons and notices. */
  readonly said: string
}

export async function check(
  folder: string,
  inputs: Readonly<Record<string, string>> = {},
  options: CheckOptions = {},
): Promise<CheckRun> {
  const definition = { ...definitionOf(options.tools ?? [lineTool('lines')]), ...options.definition }
  const host = recordingHost({
    inputs: { cache: 'off', ...inputs },
    facts: {
      kind: 'local',
      workspace: await realpath(folder),
      temporary: scratchFolder(),
      cacheFolder: options.cacheFolder ?? scratchFolder(),
      toolEnvironment: { PATH: process.env['PATH'] ?? '' },
      ...options.facts,
    },
    files: { ...nodeFiles, ...options.files },
    clock: nodeClock,
    processes: { ...nodeProcesses(new AbortController().signal), ...options.processes },
  })
  const end = await runAction(actionOf(definition), host)
  const said = [...end.report.reasons.map(({ message }) => message), ...end.report.notices].join('\n')
  return { ...end, host, said }
}

function definitionOf(tools: readonly Tool[]): CheckDefinition {
  return {
    action: 'sample-check',
    version: '1.0.0',
    metrics,
    gate: { all: 'errors < 3', new: 'new.errors == 0' },
    selection: { tools, always: tools.map(({ id }) => id), fallback: [], alternatives: [] },
    locks: {},
    settings: {},
    derive: () => ({ parts: [], blocks: [], notices: [] }),
  }
}

function actionOf(definition: CheckDefinition) {
  return defineAction({
    name: 'sample-check',
    title: 'Sample check',
    version: '1.0.0',
    description: 'A check.',
    branding: { icon: 'check', color: 'green' },
    permissions: [],
    contacts: [],
    inputs: checkInputs,
    metrics,
    gate: definition.gate.all,
    problems: (inputs, policy) => checkInputProblems(definition, inputs, policy),
    run: (context) => checkProject(context, definition),
  })
}
