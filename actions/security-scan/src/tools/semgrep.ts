import type { Notice, Project, Tool, ToolRequest, ToolSettings } from '@ci-actions/shared'
import { filesInScope, UserError } from '@ci-actions/shared'
import { nameSome } from './risk-finding.ts'
import { fileArguments, onFiles } from './scope.ts'
import { parseSemgrepReport, semgrepEvidence } from './semgrep-report.ts'
import { rulesFile } from './semgrep-rules/index.ts'

/** Languages that somebody may have rules for. */
const sourceCode =
  /\.(?:pyi?|jsx?|mjs|cjs|tsx?|mts|cts|go|java|rb|php|cs|kt|rs|scala|swift|c|h|cpp|hpp|sh|tf|ya?ml|html|vue)$/

/**
 * With rules that are files alone: it never asks a service for them, sends nothing about its runs, and looks for no
 * newer version. Without a login its rules look at one file at a time.
 */
export const semgrep: Tool = {
  id: 'semgrep',
  name: 'Semgrep',
  homepage: 'https://semgrep.dev/docs/',
  scope: 'file',
  kind: 'code',
  metrics: ['findings', 'secrets'],
  inPassing: ['secrets'],
  install: { kind: 'python', package: 'semgrep', executable: 'semgrep' },
  asEvidence: semgrepEvidence,
  parallel: true,
  configuredBy: () => [],
  // It refuses links, and what they lead to is looked at where it stands.
  applies: (project, settings) =>
    onFiles(
      project,
      hasOwnRules(settings) ? 'files with source code' : 'Python files',
      (path) => isReadBySemgrep(path, settings) && project.links?.has(path) !== true,
    ),
  invocations: (request) => {
    const { paths, inputs } = rulesOf(request)
    const { outputFolder } = request
    return [
      {
        args: [
          'scan',
          ...paths.flatMap((path) => ['--config', path]),
          ...['--json', '--quiet', '--metrics=off', '--disable-version-check', '--no-rewrite-rule-ids'],
          // The files are chosen already; what is skipped for its size would be called scanned by nobody.
          ...['--no-git-ignore', '--max-target-bytes=0', `--jobs=${request.cores}`],
          ...request.args,
          '--',
        ],
        files: fileArguments(request.files),
        inputs,
        // Its settings and log go where they are thrown away.
        env: {
          HOME: outputFolder,
          USERPROFILE: outputFolder,
          XDG_CACHE_HOME: outputFolder,
          SEMGREP_SEND_METRICS: 'off',
          SEMGREP_ENABLE_VERSION_CHECK: '0',
        },
        exitCodes: [0, 1, 2, 3, 4, 7],
      },
    ]
  },
  async parse({ request, invocation, stdout }) {
    // Rules of somebody else may be for other languages than those of some files.
    const targets = hasOwnRules(request.settings) ? [] : invocation.files
    return parseSemgrepReport(await stdout.text(), targets)
  },
  rememberedWith: (_, project, settings) => ruleFiles(project, settings['semgrep-rules']),
  notices: (project, settings) => [...ignoreNotices(project), ...linkNotices(project, settings)],
}

/** Our own rules are for Python. */
export function isReadBySemgrep(path: string, settings: ToolSettings | undefined): boolean {
  return hasOwnRules(settings) ? sourceCode.test(path) : path.endsWith('.py')
}

function ignoreNotices({ configuration }: Project): readonly Notice[] {
  return configuration
    .filter(({ name }) => name === '.semgrepignore')
    .map(({ path }) => ({
      level: 'warning',
      message: `${path} has no effect: Semgrep is given the files to look at. Use \`exclude\`.`,
    }))
}

/** Of those to files that are not looked at where they stand: not in scope, or named like another language. */
function linkNotices(project: Project, settings: ToolSettings | undefined): readonly Notice[] {
  const { links = new Map<string, string>() } = project
  const scope = filesInScope(project).filter((path) => isReadBySemgrep(path, settings))
  const known = new Set(scope)
  const missed = scope.filter((path) => links.has(path) && !known.has(links.get(path) ?? ''))
  if (missed.length === 0) return []
  const message = `Semgrep follows no links, so it does not look at what is behind ${nameSome(missed)}: what they lead to is not in scope, or not named as source code.`
  return [{ level: 'warning', message }]
}

/** Of the project, in place of ours. */
function hasOwnRules(settings: ToolSettings | undefined): boolean {
  return named(settings?.['semgrep-rules']).length > 0
}

function rulesOf({ settings, outputFolder }: ToolRequest): {
  readonly paths: readonly string[]
  readonly inputs?: Readonly<Record<string, string>>
} {
  const own = named(settings['semgrep-rules'])
  const asked = own.filter((path) => /^(?:auto|p\/|r\/|s\/|[a-z]+:\/\/)/.test(path))
  if (asked.length > 0)
    throw new UserError(
      `\`semgrep-rules\`: ${asked.join(', ')} would be asked from a service. Name files or folders of the repository.`,
    )
  if (own.length > 0) return { paths: own }
  const path = `${outputFolder}/ci-actions.json`
  return { paths: [path], inputs: { [path]: rulesFile() } }
}

function named(setting: unknown): readonly string[] {
  if (typeof setting !== 'string') return []
  return setting
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Paths of rules, and the content of each file below them. */
function ruleFiles(project: Project, setting: unknown): readonly string[] {
  const own = named(setting).map((path) => path.replace(/^\.\//, '').replace(/\/$/, ''))
  return own.flatMap((path) =>
    project.files
      .filter((file) => file === path || file.startsWith(`${path}/`))
      .map((file) => `file:${file}`),
  )
}
