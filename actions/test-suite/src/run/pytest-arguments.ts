/** The arguments of one try of pytest, from the plan and what is installed. Pure. */
import { UserError } from '@ci-actions/shared'
import type { PytestInstallation } from './pytest-installation.ts'
import { recorderModule } from './recorder-settings.ts'
import type { PytestPlan } from './run-plan.ts'

export interface PytestArguments {
  readonly args: readonly string[]
  /** Those of them that a person would give, without our plugin. */
  readonly shown: readonly string[]
  /** What was asked for and does not happen, though the results do not depend on it. */
  readonly notices: readonly string[]
}

export interface PytestTry {
  /** 0 for the first. */
  readonly attempt: number
  /** For `random-order: true`. */
  readonly seed: number
  /** Whether the first try ran under pytest-xdist. */
  readonly parallel: boolean
  /** Leaves the tests in their order, where the plan asks for a random one. The seed of each test stays. */
  readonly fileOrder?: boolean | undefined
}

/**
 * Throws one `UserError` where a plugin is missing without which the result would not be what was asked for. Options
 * that the project may set itself (JUnit XML, coverage) are not here: our plugin fills them in where they are not set.
 */
export function pytestArguments(
  plan: PytestPlan,
  { distributions }: Pick<PytestInstallation, 'distributions'>,
  about: PytestTry,
): PytestArguments {
  const has = (name: string) => distributions.has(name)
  const notices: string[] = []
  const args: string[] = []
  if (plan.markers !== undefined) args.push('-m', plan.markers)
  if (plan.keywords !== undefined) args.push('-k', plan.keywords)
  if (plan.workers !== 0 && about.attempt === 0) {
    if (has('pytest-xdist')) args.push('-n', String(plan.workers))
    else notices.push('`workers`: pytest-xdist is not installed, so the tests ran one after another.')
  }
  if (plan.testTimeoutSeconds > 0) {
    if (has('pytest-timeout')) args.push('--timeout', String(plan.testTimeoutSeconds))
    else
      notices.push(
        '`test-timeout`: pytest-timeout is not installed, so only the time limit of the whole run holds.',
      )
  }
  args.push(...orderArguments(plan, has, about), ...plan.args)
  // In one process: what failed may have failed because of what ran beside it. Old ones want nodes for any `--dist`.
  if (about.attempt > 0 && about.parallel) args.push('-n', '0', '--dist', 'no')
  args.push(...plan.paths)
  refuseMissing(plan, has)
  return { args: ['-p', recorderModule, ...args], shown: args, notices }
}

/** Naming the plugin loads it where the project's own settings keep it out. */
export function orderArguments(
  plan: Pick<PytestPlan, 'randomOrder'>,
  has: (name: string) => boolean,
  about: Pick<PytestTry, 'seed' | 'fileOrder'>,
): readonly string[] {
  if (plan.randomOrder === false) return []
  const seed = String(plan.randomOrder === true ? about.seed : plan.randomOrder)
  const still = about.fileOrder === true
  if (has('pytest-randomly'))
    return [
      ...['-p', 'randomly', `--randomly-seed=${seed}`],
      ...(still ? ['--randomly-dont-reorganize'] : []),
      // One of them decides, or the seed would not give the order again.
      ...(has('pytest-random-order') ? unshuffled : []),
    ]
  if (!has('pytest-random-order')) return []
  return still ? unshuffled : ['-p', 'random_order', '--random-order', `--random-order-seed=${seed}`]
}

const unshuffled = ['-p', 'random_order', '--random-order-bucket=none']

function refuseMissing(plan: PytestPlan, has: (name: string) => boolean): void {
  const problems: string[] = []
  if (plan.coverage !== undefined && !has('pytest-cov'))
    problems.push(
      "`coverage` was asked for, and pytest-cov is not installed in the project's environment: add it to the test dependencies.",
    )
  if (plan.randomOrder !== false && !has('pytest-randomly') && !has('pytest-random-order'))
    problems.push(
      "`random-order` needs pytest-randomly or pytest-random-order in the project's environment, and neither is installed.",
    )
  if (
    plan.randomOrder !== false &&
    /(?:^|\n)(?:-p\n?no:(?:randomly|random_order)|--randomly-dont-reorganize)(?:\n|$)/.test(
      plan.args.join('\n'),
    )
  )
    problems.push(
      '`random-order` and an argument in `args` that switches it off cannot be together; leave one out.',
    )
  if (problems.length > 0) throw new UserError(problems)
}
