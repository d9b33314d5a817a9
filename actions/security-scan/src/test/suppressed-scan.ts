/** Whole scans of real repositories with one scanner that is a small script, through the core's check. */
import { realpath } from 'node:fs/promises'
import type { CheckContext, CheckDefinition, RunEnd, Tool } from '@ci-actions/shared'
import { checkProject, defineAction, runAction } from '@ci-actions/shared'
import type { RecordingHost } from '@ci-actions/shared/testing'
import { nodeFiles, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { scratchFolder } from '../../../../packages/shared/src/git/test/scratch.ts'
import { scriptTool } from '../../../../packages/shared/src/tool/test/stage.ts'
import { scanInputs } from '../inputs.ts'
import { metrics } from '../metrics.ts'
import { suppressionBlocks, suppressOutcomes } from '../suppressed-outcomes.ts'
import { suppressionLoosening } from '../suppression-change.ts'
import { loadSuppressions, suppressionProblems } from '../suppression-list.ts'

/** Finds a vulnerability of high severity for each line of `vulnerable.txt`: a name and an id. */
const script = `const fs = require('fs')
if (fs.existsSync('vulnerable.txt')) process.stdout.write(fs.readFileSync('vulnerable.txt'))`

const lineScanner: Tool = scriptTool(script, {
  id: 'lines',
  name: 'Lines',
  kind: 'dependencies',
  metrics: ['findings'],
  applies: ({ files }) => ({ runs: true, files }),
  invocations: () => [{ args: ['-e', script], exitCodes: [0] }],
  parse: async ({ stdout }) => ({
    findings: (await stdout.text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', id = ''] = line.split(' ')
        return {
          rule: id,
          level: 'error' as const,
          message: `${name} has ${id}`,
          location: { path: 'vulnerable.txt' },
          metric: 'findings',
          security: {
            kind: 'vulnerability' as const,
            claims: [{ source: 'lines', by: 'word' as const, severity: 'high' as const }],
            ids: [id],
            dependency: { ecosystem: 'pypi', name },
          },
        }
      }),
  }),
})

const gate = 'findings.high == 0\nsuppressions-stale == 0'

async function definitionFor(context: CheckContext): Promise<CheckDefinition> {
  const list = await loadSuppressions(context)
  const scope = { narrowed: context.inputs.paths.length > 0, wholeHistory: true }
  return {
    action: 'security-scan',
    version: '1.0.0',
    metrics,
    gate: { all: gate, new: gate },
    selection: { tools: [lineScanner], always: ['lines'], fallback: [], alternatives: [] },
    locks: {},
    settings: {},
    looksAt: 'files',
    refine: (compared) => ({ ...suppressOutcomes(compared, list, scope), loosened: [] }),
    loosening: (change) => suppressionLoosening(context, change),
    derive: ({ compared }) => ({
      parts: [],
      blocks: suppressionBlocks(compared.flatMap(({ part }) => part.findings)),
      notices: [],
    }),
  }
}

const scan = defineAction({
  name: 'security-scan',
  title: 'Scan',
  version: '1.0.0',
  description: 'A scan.',
  branding: { icon: 'shield', color: 'green' },
  permissions: [],
  contacts: [],
  inputs: scanInputs,
  metrics,
  gate,
  problems: (_, policy, now) => suppressionProblems(policy, now),
  run: async (context) => {
    const definition = await definitionFor(context)
    return checkProject(context, definition)
  },
})

export interface ScanRun extends RunEnd {
  readonly host: RecordingHost
}

/** The clock stands at 2026-01-01. */
export async function runScan(
  folder: string,
  inputs: Readonly<Record<string, string>> = {},
  event?: NonNullable<Parameters<typeof recordingHost>[0]>['event'],
): Promise<ScanRun> {
  const host = recordingHost({
    inputs: { cache: 'off', ...inputs },
    ...(event !== undefined && { event }),
    facts: {
      kind: 'local',
      workspace: await realpath(folder),
      temporary: scratchFolder(),
      cacheFolder: scratchFolder(),
      toolEnvironment: { PATH: process.env['PATH'] ?? '' },
    },
    files: nodeFiles,
    processes: nodeProcesses(new AbortController().signal),
  })
  return { ...(await runAction(scan, host)), host }
}
