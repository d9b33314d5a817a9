import { posix } from 'node:path'
import type {
  Invocation,
  Notice,
  RawFinding,
  Tool,
  ToolOutput,
  ToolRequest,
  ToolResult,
} from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { asGiven, fileArguments, onFiles } from './scope.ts'
import { commitsOf, filesLeftOut, leftOutInCommits } from './secret-commits.ts'
import { parseTrufflehogReport } from './trufflehog-report.ts'

const found = 183

/** Tries no secret anywhere, unless `verify-secrets` is on: the services would learn of it. */
export const trufflehog: Tool = {
  id: 'trufflehog',
  name: 'TruffleHog',
  homepage: 'https://github.com/trufflesecurity/trufflehog',
  scope: 'project',
  kind: 'secrets',
  metrics: ['secrets'],
  install: { kind: 'binary', name: 'trufflehog' },
  parallel: true,
  confidential: true,
  configuredBy: () => [],
  applies: (project) => onFiles(project, 'files', () => true),
  invocations: (request) => [
    // Shown the folder, it would also read all that git ignores.
    {
      args: common('filesystem', request),
      files: fileArguments(request.files),
      exitCodes: [0, found],
    },
    ...scanOfCommits(request),
  ],
  async parse(output) {
    const { findings } = parseTrufflehogReport(await output.stdout.text())
    if (output.exitCode === found && findings.length === 0)
      throw new ToolOutputError('TruffleHog says that it found something, and printed nothing.')
    const notices = noticesOf(await output.stderr.text())
    const kept = isOfCommits(output) ? ofCommits(findings, output.request) : { findings }
    return { ...kept, notices: [...notices, ...(kept.notices ?? [])] }
  },
}

function common(source: string, { args, settings, cores }: ToolRequest): readonly string[] {
  const verify = settings['verify-secrets'] === true && settings['offline'] !== true
  return [
    ...[source, '--json', '--no-update', '--no-color', '--fail', '--fail-on-scan-errors'],
    ...(verify ? [] : ['--no-verification']),
    `--concurrency=${cores}`,
    ...args,
  ]
}

/** It takes a range and no list, so what is not among the commits is left out afterwards. */
function scanOfCommits(request: ToolRequest): readonly Invocation[] {
  const commits = commitsOf(request.settings)
  if (commits.length === 0) return []
  const { root, folder } = request.project
  const top = folder === '' ? root : root.slice(0, -folder.length - 1)
  const [from, to] = rangeOf(request)
  const range = commits === 'all' ? [] : [`--branch=${to ?? commits[0]}`]
  return [
    {
      args: [...common('git', request), ...(from ? [`--since-commit=${from}`] : []), ...range, address(top)],
      ...(from ? {} : withRenamed(request)),
      exitCodes: [0, found],
    },
  ]
}

/**
 * It walks along the log until it meets the first, which by dates may come before commits that are wanted: so it has to be
 * the one behind the last that is, and not the base. Of full ids.
 */
function rangeOf({ settings }: ToolRequest): readonly (string | undefined)[] {
  return (
    /^([0-9a-f]{40,64})?\.\.([0-9a-f]{40,64})$/.exec(String(settings['secret-range'] ?? ''))?.slice(1) ?? []
  )
}

/**
 * Without a first commit it leaves out files that a commit both renames and changes. It clones first, and a template is
 * the only way to tell the git in there not to look for renames.
 */
function withRenamed({ outputFolder }: ToolRequest): Pick<Invocation, 'env' | 'inputs'> {
  const template = `${outputFolder}/git-template`
  return {
    env: { GIT_TEMPLATE_DIR: template },
    inputs: { [`${template}/config`]: '[diff]\n\trenames = false\n' },
  }
}

/** Where `#` and `%` are part of a folder's name. */
function address(folder: string): string {
  return `file://${encodeURI(folder).replaceAll('#', '%23').replaceAll('?', '%3F')}`
}

function isOfCommits({ invocation }: ToolOutput): boolean {
  return invocation.args[0] === 'git'
}

/** Paths are those of the repository. Files that are gone count; those that the user leaves out do not. */
function ofCommits(findings: readonly RawFinding[], { project, settings }: ToolRequest): ToolResult {
  const commits = commitsOf(settings)
  const excluded = filesLeftOut(project)
  const ofPackage = findings.flatMap((each) => {
    const path = posix.relative(project.folder, asGiven(each.location?.path ?? ''))
    const wanted = commits === 'all' || commits.some((commit) => each.identity?.startsWith(`${commit}:`))
    return wanted && !path.startsWith('../') ? [{ ...each, location: { path } }] : []
  })
  const left = ofPackage.map(({ location }) => location.path).filter((path) => excluded.has(path))
  return {
    findings: ofPackage.filter(({ location }) => !excluded.has(location.path)),
    notices: leftOutInCommits(left),
  }
}

/** Its log is JSON lines. What they say is not repeated: it may be an address with a password. */
function noticesOf(stderr: string): readonly Notice[] {
  if (!stderr.includes('finished scanning'))
    throw new ToolOutputError('TruffleHog did not say that it finished.')
  const errors = stderr.match(/"level":"(?:error|fatal)/g)?.length ?? 0
  if (errors === 0) return []
  const many = errors === 1 ? '1 error' : `${errors} errors`
  return [{ level: 'warning', message: `TruffleHog logged ${many}: it may not have looked at everything.` }]
}
