/** What is wrong with inputs that are right by their kinds. Pure. */
import { parseHistoryPlace, readPackages } from '@ci-actions/shared'
import { metrics } from './metrics.ts'
import { dayOf, longestQuarantineDays, readQuarantine } from './quarantine.ts'
import { parseCommand } from './run/command-line.ts'
import { parseService } from './services/service.ts'
import type { SuiteValues } from './suite.ts'
import { modeOf } from './suite.ts'
import { kindProblems } from './suite-labels.ts'

export function inputProblems(
  inputs: SuiteValues,
  policy: Readonly<Record<string, unknown>>,
  now: number,
): readonly string[] {
  const dates = { today: dayOf(now), longestDays: longestQuarantineDays }
  return [
    ...modeProblems(inputs),
    ...selectProblems(inputs),
    ...numberProblems(inputs),
    ...inputs.services.flatMap((line) => {
      const service = parseService(line)
      return 'problem' in service ? [`\`services\`: ${service.problem}`] : []
    }),
    ...historyProblems(inputs.history),
    ...kindProblems(inputs.kinds),
    ...readPackages(policy['packages'], inputs['working-directory'], metrics).problems,
    ...commandProblems('setup', inputs.setup),
    ...commandProblems('teardown', inputs.teardown),
    ...readQuarantine(policy['quarantine'], dates).problems,
  ]
}

function modeProblems(inputs: SuiteValues): readonly string[] {
  const mode = modeOf(inputs)
  if (mode === 'shard' && inputs.shards === undefined) return ['`mode: shard` needs `shards`, their number.']
  if (mode === 'merge' && inputs.reports.length === 0)
    return ['`mode: merge` needs `reports`: the downloaded report folders, such as `parts/**`.']
  if (mode !== 'report') return []
  if (inputs.reports.length === 0)
    return ['`mode: report` needs `reports`: the files with test results, or globs.']
  const idle = (['paths', 'args', 'services', 'setup', 'teardown'] as const).filter(
    (name) => inputs[name].length > 0,
  )
  return idle.map(
    (name) =>
      `\`${name}\` has no effect where \`reports\` are only read; remove it, or give \`command\` too.`,
  )
}

/** It chooses files of pytest by itself, and shards are of all tests. */
function selectProblems({ select, paths, command, shard }: SuiteValues): readonly string[] {
  if (select === 'all') return []
  const beside = [paths.length > 0 ? 'paths' : '', command.length > 0 ? 'command' : '', shard ? 'shard' : '']
  return beside
    .filter((name) => name !== '')
    .map((name) => `\`select: affected\` and \`${name}\` cannot be together; leave one out.`)
}

function numberProblems(inputs: SuiteValues): readonly string[] {
  const workers = /^(?:auto|\d{1,3})$/.test(inputs.workers)
  const order = /^(?:true|false|\d{1,10})$/.test(inputs['random-order'])
  return [
    ...(workers ? [] : ['`workers` must be a number or `auto`.']),
    ...(order ? [] : ['`random-order` must be `true`, `false` or a number, the seed.']),
  ]
}

function historyProblems(history: string): readonly string[] {
  const place = parseHistoryPlace(history)
  return 'problem' in place ? [`\`history\` ${place.problem}.`] : []
}

function commandProblems(name: string, commands: readonly string[]): readonly string[] {
  return commands.flatMap((line) => {
    const parsed = parseCommand(line)
    return 'problem' in parsed ? [`\`${name}\`: ${parsed.problem}`] : []
  })
}
