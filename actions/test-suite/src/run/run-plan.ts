/** What will be run, decided from the inputs alone: data that `--plan` prints. */
import type { Project } from '@ci-actions/shared'
import { UserError } from '@ci-actions/shared'
import { parseCommand } from './command-line.ts'

export interface RunInputs {
  /** Lines, one command each. */
  readonly setup: readonly string[]
  readonly teardown: readonly string[]
  /** The arguments of another runner than pytest; empty for pytest. */
  readonly command: readonly string[]
  /** What runs the failed tests of `command` alone, such as `npx playwright test --last-failed`. */
  readonly retryCommand: readonly string[]
  /** Patterns of the result files that `command` writes, relative to the project; `-` is its standard output. */
  readonly reports: readonly string[]
  /** Whether some of them may stay away. */
  readonly allowEmpty?: boolean
  /** pytest: files, folders and node ids; empty for what its configuration says. */
  readonly paths: readonly string[]
  /** pytest: expression for `-m`. */
  readonly markers?: string | undefined
  /** pytest: expression for `-k`. */
  readonly keywords?: string | undefined
  /** pytest: further arguments, each one word. */
  readonly args: readonly string[]
  /** pytest: processes of pytest-xdist; 0 for what the project's configuration says. */
  readonly workers: number | 'auto'
  /** pytest: seconds for one test, by pytest-timeout; 0 for what the project's configuration says. */
  readonly testTimeout: number
  /** pytest: what to measure; undefined for no coverage, empty for what coverage's configuration says. */
  readonly coverage?: readonly string[] | undefined
  /** pytest: `true` for a seed of our own, a number for that one. */
  readonly randomOrder: boolean | number
  /** Seconds for setup and all tries together. */
  readonly timeout: number
  /** How often failed tests are run again. */
  readonly retries: number
  /** Variables beside those that the step has. */
  readonly env: Readonly<Record<string, string>>
}

interface CommonPlan {
  readonly setup: readonly (readonly string[])[]
  readonly teardown: readonly (readonly string[])[]
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly retries: number
}

export interface PytestPlan extends CommonPlan {
  readonly kind: 'pytest'
  readonly paths: readonly string[]
  readonly markers?: string | undefined
  readonly keywords?: string | undefined
  readonly args: readonly string[]
  readonly workers: number | 'auto'
  readonly testTimeoutSeconds: number
  readonly coverage?: CoveragePlan | undefined
  readonly randomOrder: boolean | number
}

export interface CoveragePlan {
  /** Empty for what coverage's own configuration says. */
  readonly source: readonly string[]
  /** Where that says nothing either: a folder, so that files count which no test imports. */
  readonly otherwise: readonly string[]
}

export interface CommandPlan extends CommonPlan {
  readonly kind: 'command'
  readonly command: readonly string[]
  readonly retryCommand: readonly string[]
  /** Relative to `cwd`; `-` is standard output. */
  readonly reports: readonly string[]
  /** Whether a pattern may fit nothing. */
  readonly allowEmpty: boolean
}

export type RunPlan = PytestPlan | CommandPlan

/** Throws one `UserError` with all that is wrong. */
export function planRun(inputs: RunInputs, project: Pick<Project, 'root' | 'pythonFiles'>): RunPlan {
  const problems: string[] = []
  const commands = (name: string, lines: readonly string[]) =>
    lines.flatMap((line) => {
      const parsed = parseCommand(line)
      if ('words' in parsed) return [parsed.words]
      problems.push(`\`${name}\`: ${parsed.problem}`)
      return []
    })
  const common: CommonPlan = {
    setup: commands('setup', inputs.setup),
    teardown: commands('teardown', inputs.teardown),
    cwd: project.root,
    env: inputs.env,
    timeoutSeconds: inputs.timeout,
    retries: inputs.retries,
  }
  const own = inputs.command.length === 0
  problems.push(...(own ? pytestProblems(inputs) : commandProblems(inputs)))
  if (problems.length > 0) throw new UserError(problems)
  return own ? pytestPlan(inputs, common, project.pythonFiles) : commandPlan(inputs, common)
}

function pytestPlan(inputs: RunInputs, common: CommonPlan, files: readonly string[]): PytestPlan {
  const otherwise = [files.some((file) => file.startsWith('src/')) ? 'src' : '.']
  return {
    kind: 'pytest',
    ...common,
    paths: inputs.paths,
    ...(inputs.markers !== undefined && { markers: inputs.markers }),
    ...(inputs.keywords !== undefined && { keywords: inputs.keywords }),
    args: inputs.args,
    workers: inputs.workers,
    testTimeoutSeconds: inputs.testTimeout,
    ...(inputs.coverage !== undefined && { coverage: { source: inputs.coverage, otherwise } }),
    randomOrder: inputs.randomOrder,
  }
}

function commandPlan(inputs: RunInputs, common: CommonPlan): CommandPlan {
  const { command, retryCommand, reports, allowEmpty = false } = inputs
  return { kind: 'command', ...common, command, retryCommand, reports, allowEmpty }
}

/** Without `command` these would be ignored in silence. */
function pytestProblems(inputs: RunInputs): readonly string[] {
  return [
    ...inputs.paths.flatMap((path) =>
      path.startsWith('-') ? [`\`paths\`: ${path} is an option; give it in \`args\`.`] : [],
    ),
    ...(inputs.retryCommand.length > 0
      ? ['`retry-command` belongs to `command`; failed tests of pytest are run again without it.']
      : []),
    ...(inputs.reports.length > 0
      ? ['`reports` in a run belong to `command`; what pytest writes is found without them.']
      : []),
  ]
}

function commandProblems(inputs: RunInputs): readonly string[] {
  const given: readonly (readonly [string, boolean])[] = [
    ['paths', inputs.paths.length > 0],
    ['markers', inputs.markers !== undefined],
    ['keywords', inputs.keywords !== undefined],
    ['args', inputs.args.length > 0],
    ['workers', inputs.workers !== 0],
    ['test-timeout', inputs.testTimeout !== 0],
    ['random-order', inputs.randomOrder !== false],
  ]
  return [
    ...given.flatMap(([name, is]) =>
      is ? [`\`${name}\` is for pytest; write it into \`command\` in the way of that runner.`] : [],
    ),
    ...(inputs.reports.length === 0
      ? [
          '`command` needs `reports`: without the result files that it writes, only its exit code would count.',
        ]
      : []),
    ...inputs.reports.flatMap((pattern) =>
      /^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(pattern)
        ? [`\`reports\`: ${pattern} leaves the project's folder.`]
        : [],
    ),
    ...(inputs.retries > 0 && inputs.retryCommand.length === 0
      ? ['`retries` with `command` needs `retry-command`, which runs only the failed tests.']
      : []),
  ]
}
