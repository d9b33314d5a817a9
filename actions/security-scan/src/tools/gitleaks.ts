import { join, posix } from 'node:path'
import type {
  Invocation,
  Notice,
  Project,
  Tool,
  ToolOutput,
  ToolRequest,
  ToolResult,
} from '@ci-actions/shared'
import { isRecord, parseToml, ToolOutputError } from '@ci-actions/shared'
import { parseGitleaksReport } from './gitleaks-report.ts'
import { nameSome } from './risk-finding.ts'
import { asGiven, onFiles, passesOver } from './scope.ts'
import { filesLeftOut, leftOutInCommits, secretCommits } from './secret-commits.ts'

/** Not 1, which is what it ends with for any error. */
const leaksFound = 7

const configName = '.gitleaks.toml'

const common = ['--no-banner', '--no-color', `--exit-code=${leaksFound}`, '--report-format=json']

/** What changes nothing in the user's own git must not change what Gitleaks can read. */
const plainGit = {
  GIT_CONFIG_COUNT: '4',
  GIT_CONFIG_KEY_0: 'diff.noprefix',
  GIT_CONFIG_VALUE_0: 'false',
  GIT_CONFIG_KEY_1: 'diff.mnemonicPrefix',
  GIT_CONFIG_VALUE_1: 'false',
  GIT_CONFIG_KEY_2: 'log.showSignature',
  GIT_CONFIG_VALUE_2: 'false',
  GIT_CONFIG_KEY_3: 'core.quotepath',
  GIT_CONFIG_VALUE_3: 'off',
}

/**
 * A folder where git shows commits without the attributes of the repository, with which it leaves out the lines of files
 * that they call binary. It takes those of the folder that it is started in, and of the index.
 */
function bareFolder({ project, outputFolder }: ToolRequest) {
  const top = join(project.root, posix.relative(`/${project.folder}`, '/'))
  const worktree = join(outputFolder, 'history')
  const source = join(worktree, project.folder)
  const env = { GIT_DIR: join(top, '.git'), GIT_WORK_TREE: worktree, GIT_INDEX_FILE: join(worktree, 'none') }
  return { source, env: { ...plainGit, ...env }, inputs: { [join(source, 'empty')]: '' } }
}

/**
 * Looks at the files as they are, and then at the commits that `secret-commits` names: what a commit brought and another
 * took away is still known to everybody who can read the repository.
 */
export const gitleaks: Tool = {
  id: 'gitleaks',
  name: 'Gitleaks',
  homepage: 'https://gitleaks.io/',
  scope: 'project',
  kind: 'secrets',
  metrics: ['secrets'],
  install: { kind: 'binary', name: 'gitleaks', versionArgs: ['version'] },
  parallel: true,
  confidential: true,
  configuredBy: (project) => ownFiles(project),
  reads: (files) => files.filter((file) => file === configName),
  applies: (project) => onFiles(project, 'files', () => true),
  invocations: (request) => [scanOfTree(request), ...scansOfCommits(request)],
  async parse(output) {
    const { request, files, stderr } = output
    const said = await stderr.text()
    const again = withoutMerges({ said, invocation: output.invocation })
    if (again !== undefined) return again
    refuseErrors(said)
    const report = files['report']
    if (report === undefined) throw new ToolOutputError('Gitleaks wrote no report.')
    const { findings } = parseGitleaksReport(await report.text())
    if (output.exitCode === leaksFound && findings.length === 0)
      throw new ToolOutputError('Gitleaks says that it found something, and wrote nothing.')
    const skipped = skippedIn(said)
    const inHistory = isOfCommits(output)
    const { kept, dropped } = inHistory ? notExcluded(findings, request) : tracked(findings, request)
    return {
      findings: kept,
      notices: [...skipped, ...dropped, ...(inHistory ? [] : sawNothing(said, request.project))],
    }
  },
  notices: (project) => [
    ...ownFiles(project).map((file) => passesOver(posix.join(project.folder, file), 'Gitleaks')),
    ...withoutRules(project),
  ],
}

/** Those in the folder that it is shown; it reads no others. */
function ownFiles({ files }: Project): readonly string[] {
  return [configName, '.gitleaksignore'].filter((file) => files.includes(file))
}

/** A list of what is allowed alone switches all rules off: those of Gitleaks count only where the file asks for them. */
function withoutRules({ folder, texts }: Project): readonly Notice[] {
  const text = texts?.get(configName)
  if (text === undefined) return []
  try {
    const { rules, extend } = parseToml(text)
    if ((Array.isArray(rules) && rules.length > 0) || hasMore(extend)) return []
  } catch {
    // Gitleaks itself says what is wrong with it.
    return []
  }
  const message = `${posix.join(folder, configName)} has no rules, so that Gitleaks looks for nothing. Add \`[extend]\` with \`useDefault = true\`.`
  return [{ level: 'failed', message }]
}

function hasMore(extend: unknown): boolean {
  if (!isRecord(extend)) return false
  return extend['useDefault'] === true || ['path', 'url'].some((key) => typeof extend[key] === 'string')
}

function scanOfTree({ outputFolder, args }: ToolRequest): Invocation {
  const report = join(outputFolder, 'tree.json')
  return {
    args: ['dir', ...common, `--report-path=${report}`, ...args, '.'],
    exitCodes: [0, leaksFound],
    outputs: { report },
  }
}

/** In front of paths of files with conflicts that a merge resolved, where Gitleaks does not take the prefix off. */
const mergedPrefix = 'ci-actions-merged/'

/**
 * Of a merge commit what it adds itself: what differs from merging its parents once more. Left alone, git shows nothing of
 * merges; compared with one parent, they add all that the other one brought.
 */
const ofMerges = ` --diff-merges=remerge --dst-prefix=${mergedPrefix}`

/** Gitleaks cuts the options for `git log` at blanks, so nothing with a blank may stand there. */
function scansOfCommits(request: ToolRequest): readonly Invocation[] {
  const { project, outputFolder, args, settings } = request
  const { source, env, inputs } = bareFolder(request)
  const config = ownFiles(project).includes(configName) ? [`--config=${configName}`] : []
  return secretCommits(settings).map((commits, index) => {
    const report = join(outputFolder, `commits-${index}.json`)
    // Deleted lines and files are those of a commit before. Paths are relative to the package, and only its own.
    const log = [`--relative --diff-filter=tuxdb${ofMerges}`, ...commits]
    return {
      args: [
        ...['git', ...common, ...config, `--report-path=${report}`, `--log-opts=${log.join(' ')}`],
        ...[...args, source],
      ],
      ...{ env, inputs },
      exitCodes: [0, leaksFound],
      outputs: { report },
    }
  })
}

/** For git before 2.35, which refuses the option. */
function withoutMerges({
  said,
  invocation,
}: {
  said: string
  invocation: Invocation
}): ToolResult | undefined {
  if (!/fatal: .*--diff-merges/.test(said) || !invocation.args.some((arg) => arg.includes(ofMerges)))
    return undefined
  const message =
    'What merge commits add themselves was not looked at: git 2.35 or later can show that. Update git.'
  const args = invocation.args.map((arg) => arg.replace(ofMerges, ''))
  return {
    findings: [],
    notices: [{ level: 'warning', message }],
    followUp: [{ ...invocation, args }],
  }
}

function isOfCommits({ invocation }: ToolOutput): boolean {
  return invocation.args[0] === 'git'
}

/** git says so where there is nothing to look at. */
const noCommits = /fatal: your current branch '.*' does not have any commits yet/

/** With unknown commits, or no repository at all, it writes an empty report and ends with 0. */
function refuseErrors(stderr: string): void {
  if (noCommits.test(stderr)) return
  const errors = logged(stderr, 'ERR|FTL')
  if (errors.length > 0) throw new ToolOutputError(`Gitleaks did not look at everything: ${errors.join(' ')}`)
}

function skippedIn(stderr: string): readonly Notice[] {
  return logged(stderr, 'WRN')
    .filter((message) => message.includes('skipping') || message.includes('not be'))
    .map((message) => ({ level: 'warning', message: `Gitleaks: ${message}` }))
}

function logged(stderr: string, levels: string): readonly string[] {
  const pattern = new RegExp(`^(?:\\S+ )?(?:${levels}) (.*)$`)
  return stderr.split(/\r?\n/).flatMap((line) => pattern.exec(line)?.[1] ?? [])
}

/** A configuration that passes over everything would else look like a clean result. */
function sawNothing(stderr: string, project: Project): readonly Notice[] {
  if (!/ scanned ~0 bytes/.test(stderr) || !ownFiles(project).includes(configName)) return []
  return [{ level: 'failed', message: 'Gitleaks looked at nothing: does `.gitleaks.toml` allow every path?' }]
}

type Findings = ReturnType<typeof parseGitleaksReport>['findings']

interface Sorted {
  readonly kept: Findings
  readonly dropped: readonly Notice[]
}

/** It walks through the folder and so also looks at what git ignores. */
function tracked(findings: Findings, request: ToolRequest): Sorted {
  const inScope = new Set(request.files.map(asGiven))
  const paths = findings.map(({ location }) => asGiven(location?.path ?? ''))
  const kept = findings.filter((_, index) => inScope.has(paths[index] ?? ''))
  const left = [...new Set(paths.filter((path) => !inScope.has(path)))].sort()
  if (left.length === 0) return { kept, dropped: [] }
  const out = findings.length - kept.length
  const many = out === 1 ? '1 secret stands' : `${out} secrets stand`
  const message = `${many} in files that are not in scope and ${out === 1 ? 'does' : 'do'} not count: ${nameSome(left)}.`
  return { kept, dropped: [{ level: 'notice', message }] }
}

/** Files that are gone count; those that the user leaves out do not. */
function notExcluded(findings: Findings, { project }: ToolRequest): Sorted {
  const excluded = filesLeftOut(project)
  const all = findings.map(withoutPrefix)
  const isLeftOut = ({ location }: Findings[number]) => excluded.has(asGiven(location?.path ?? ''))
  const left = all.filter(isLeftOut).map(({ location }) => asGiven(location?.path ?? ''))
  return { kept: all.filter((each) => !isLeftOut(each)), dropped: leftOutInCommits(left) }
}

function withoutPrefix(finding: Findings[number]): Findings[number] {
  const { location, identity } = finding
  if (!location?.path.startsWith(mergedPrefix)) return finding
  return {
    ...finding,
    location: { ...location, path: location.path.slice(mergedPrefix.length) },
    ...(identity !== undefined && { identity: identity.replace(`:${mergedPrefix}`, ':') }),
  }
}
