/** What is known before any test runs or any file is read. */
import type { ActionContext, OpenedProject } from '@ci-actions/shared'
import { openProject } from '@ci-actions/shared'
import type { suiteInputs } from './inputs.ts'
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
}

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
    context,
    mode: modeOf(inputs),
    today,
    quarantine: readQuarantine(policy['quarantine'], { today, longestDays: longestQuarantineDays }).entries,
  }
}
