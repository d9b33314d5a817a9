/** Commands of an action that run no scan, for what people do with its report. */
import type { Host } from '@ci-actions/shared/host'
import { suppress } from './suppress/suppress.ts'

export interface SubcommandEnd {
  readonly exitCode: number
  /** For standard output. */
  readonly out: string
  /** Lines for standard error. */
  readonly problems: readonly string[]
}

export interface Subcommand {
  /** Name of the action that it belongs to. */
  readonly action: string
  readonly name: string
  readonly description: string
  /** `folder`: absolute, that the command was started in. Throws only for a bug. */
  run(host: Host, folder: string, args: readonly string[]): Promise<SubcommandEnd>
}

export const subcommands: readonly Subcommand[] = [
  {
    action: 'security-scan',
    name: 'suppress',
    description: 'Writes down that a risk does not count for a while, why, and who answers for it.',
    run: suppress,
  },
]
