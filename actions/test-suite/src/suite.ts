/** What is known before any test runs or any file is read. */
import type { ActionContext, OpenedProject, PackageSpec } from '@ci-actions/shared'
import { findChanges, openProject, readPackages } from '@ci-actions/shared'
import type { suiteInputs } from './inputs.ts'
import { metrics } from './metrics.ts'
import type { QuarantineEntry } from './quarantine.ts'
import { dayOf, longestQuarantineDays, readQuarantine } from './quarantine.ts'

export type SuiteContext = ActionContext<typeof suiteInputs>
export type SuiteValues = SuiteContext['inputs']

export interface Suite extends OpenedProject {
  readonly context: SuiteContext
  readonly mode: SuiteMode
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
  readonly quarantine: readonly QuarantineEntry[]
  /** All files of the repository, relative to its top. */
  readonly files: readonly string[]
  /** Those that the policy file names; a project without has none. */
  readonly packages: readonly PackageSpec[]
  /** Of the whole repository since the base; looked up at the first call. */
  change(): Promise<RepositoryChange>
}

export type RepositoryChange = Awaited<ReturnType<typeof findChanges>>

export type SuiteMode = 'run' | 'report' | 'shard' | 'merge'

/** Reports without a command to write them are there to be read. */
export function modeOf({
  mode,
  reports,
  command,
}: Pick<SuiteValues, 'mode' | 'reports' | 'command'>): SuiteMode {
  return mode === 'run' && reports.length > 0 && command.length === 0 ? 'report' : mode
}

export async function openSuite(context: SuiteContext): Promise<Suite> {
  const { host, inputs, policy } = context
  const workingDirectory = inputs['working-directory']
  const today = dayOf(host.clock.now())
  const opened = await openProject(host, { workingDirectory, token: inputs.token })
  const { folder, files } = opened.project
  return {
    ...opened,
    files: folder === '' ? files : files.map((file) => `${folder}/${file}`),
    packages: readPackages(policy['packages'], workingDirectory, metrics).packages.filter(
      ({ name }) => name !== '',
    ),
    context,
    change: onChange(context, opened.repository),
    mode: modeOf(inputs),
    today,
    quarantine: readQuarantine(policy['quarantine'], { today, longestDays: longestQuarantineDays }).entries,
  }
}

function onChange({ host, inputs }: SuiteContext, repository: OpenedProject['repository']) {
  let change: Promise<RepositoryChange> | undefined
  return () => {
    change ??= findChanges(host, repository, inputs)
    return change
  }
}
