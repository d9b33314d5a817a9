/** Whole scans with `fix` of real folders, by a scanner that is a small script and knows what a test tells it. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckDefinition, HostFacts, RunEnd, Tool } from '@ci-actions/shared'
import { checkProject, defineAction, runAction, ToolOutputError } from '@ci-actions/shared'
import { nodeFiles, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { scratchFolder, scratchRepository } from '../../../../../packages/shared/src/git/test/scratch.ts'
import { scriptTool } from '../../../../../packages/shared/src/tool/test/stage.ts'
import { readManifests } from '../../dependencies/manifest-files.ts'
import { surveyOf } from '../../dependencies/survey.ts'
import { scanInputs } from '../../inputs.ts'
import { metrics } from '../../metrics.ts'
import type { Dependencies } from '../../own-checks.ts'
import { reportRisks } from '../../risk-report.ts'
import type { Repair } from '../repair.ts'
import { repairDependencies } from '../repair.ts'
import { repairNotices } from '../repair-blocks.ts'

/** Of all versions from `from` up to `fixed`. */
export interface Known {
  readonly id: string
  readonly name: string
  readonly from?: string
  /** Absent: of all newer ones too. */
  readonly fixed?: string
  /** What the advisory says where that is not `fixed`. */
  readonly says?: readonly string[]
}

/** Finds packages by their pins, in all files named on its command line. */
const script = `
const { readFileSync } = require('fs')
const [known, ...paths] = process.argv.slice(1)
const parts = (version) => version.split('.').map(Number)
const compare = (a, b) => { const [x, y] = [parts(a), parts(b)]; for (let i = 0; i < 4; i++) { const d = (x[i] ?? 0) - (y[i] ?? 0); if (d) return d } return 0 }
const found = paths.flatMap((path) => readFileSync(path, 'utf8').split('\\n').flatMap((text, at) => {
  if (text === 'crash') process.exit(3)
  const [, name, version] = /^([\\w-]+)==([\\d.]+)/.exec(text) ?? []
  return JSON.parse(known)
    .filter((each) => each.name === name && compare(version, each.from ?? '0') >= 0 && (!each.fixed || compare(version, each.fixed) < 0))
    .map(({ id, fixed, says }) => ({ path, line: at + 1, name, version, id, fixes: says ?? (fixed ? [fixed] : []) }))
}))
console.log(JSON.stringify(found))
`

interface Printed {
  readonly path: string
  readonly line: number
  readonly name: string
  readonly version: string
  readonly id: string
  readonly fixes: readonly string[]
}

export function pinScanner(id: string, known: readonly Known[]): Tool {
  return scriptTool(script, {
    id,
    name: id,
    kind: 'dependencies',
    metrics: ['findings'],
    applies: ({ files }) => {
      const lists = files.filter((path) => path.endsWith('.txt'))
      return lists.length > 0
        ? { runs: true, files: lists }
        : { runs: false, status: 'not-applicable', why: 'No list.' }
    },
    invocations: ({ files }) => [
      { args: ['-e', script, '--', JSON.stringify(known)], files, exitCodes: [0] },
    ],
    parse: async ({ stdout }) => {
      const text = await stdout.text()
      if (text === '') throw new ToolOutputError('nothing printed')
      const printed: readonly Printed[] = JSON.parse(text)
      return {
        findings: printed.map(({ path, line, name, version, id: rule, fixes }) => ({
          rule,
          level: 'error' as const,
          message: `${name} ${version} has ${rule}`,
          location: { path, line },
          metric: 'findings',
          security: {
            kind: 'vulnerability' as const,
            claims: [{ source: id, by: 'word' as const, severity: 'high' as const }],
            ids: [rule],
            dependency: { ecosystem: 'pypi', name, version },
            fixedVersions: fixes,
          },
        })),
      }
    },
  })
}

export interface RepairRun extends RunEnd {
  readonly repair: Repair
  readonly folder: string
  /** Of the project, afterwards. */
  read(path: string): string
  /** Names below the folder for temporary files that are still there. */
  readonly leftBehind: readonly string[]
}

export interface RepairOptions {
  readonly scanners?: readonly Tool[]
  readonly facts?: Partial<HostFacts>
  readonly inputs?: Readonly<Record<string, string>>
  /** Called before anything is tried. */
  readonly meanwhile?: (folder: string) => void
}

/** Offline, unless the inputs say otherwise. */
export async function runRepair(
  files: Readonly<Record<string, string>>,
  known: readonly Known[],
  options: RepairOptions = {},
): Promise<RepairRun> {
  const folder = realpathSync(scratchRepository(files))
  const temporary = scratchFolder()
  const tools = options.scanners ?? [pinScanner('pins', known)]
  let repair: Repair | undefined
  const action = defineAction({
    ...{ name: 'security-scan', title: 'Scan', version: '1.0.0', description: 'A scan.' },
    branding: { icon: 'shield', color: 'green' },
    permissions: [],
    contacts: [],
    inputs: scanInputs,
    metrics,
    gate: 'findings.high == 0',
    run: (context) => {
      const definition: CheckDefinition = {
        ...{ action: 'security-scan', version: '1.0.0', metrics, locks: {}, settings: {}, looksAt: 'files' },
        gate: { all: 'findings.high == 0', new: 'findings.high == 0' },
        selection: { tools, always: tools.map(({ id }) => id), fallback: [], alternatives: [] },
        repair: async (rescan) => {
          options.meanwhile?.(folder)
          const { top, projects } = rescan.opened
          const dependencies: Dependencies[] = []
          for (const project of projects) {
            const survey = surveyOf(await readManifests(context.host, top, project))
            dependencies.push({ project, survey, installed: undefined })
          }
          repair = await repairDependencies(context, rescan, dependencies)
        },
        derive: (results) => ({
          ...reportRisks(results, { knowsExploited: false }, repair),
          notices: repairNotices(repair),
        }),
      }
      return checkProject(context, definition)
    },
  })
  const host = recordingHost({
    inputs: { cache: 'off', fix: 'true', offline: 'true', ...options.inputs },
    facts: {
      ...{ kind: 'local', workspace: folder, temporary, cacheFolder: scratchFolder() },
      toolEnvironment: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
      ...options.facts,
    },
    files: nodeFiles,
    processes: nodeProcesses(new AbortController().signal),
  })
  const end = await runAction(action, host)
  if (repair === undefined) throw new Error(end.report.reasons.map(({ message }) => message).join('\n'))
  return {
    ...end,
    repair,
    folder,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    leftBehind: readdirSync(temporary).filter((name) => name.startsWith('fix-')),
  }
}
