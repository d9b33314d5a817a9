import { posix } from 'node:path'
import type { Project, Tool } from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { parseActionlintReport } from './actionlint-report.ts'
import { without } from './risk-finding.ts'
import { asGiven, fileArguments, onFiles, passesOver } from './scope.ts'

/**
 * Its result for a workflow also depends on reusable workflows and actions of the repository. What it can run on
 * scripts, ShellCheck and pyflakes, depends on the machine and is left to tools of their own.
 */
export const actionlint: Tool = {
  id: 'actionlint',
  name: 'actionlint',
  homepage: 'https://rhysd.github.io/actionlint/',
  scope: 'project',
  kind: 'workflows',
  metrics: ['findings'],
  install: { kind: 'binary', name: 'actionlint', versionArgs: ['-version'] },
  asEvidence: without('snippet'),
  configuredBy: (project) => ownFiles(project),
  applies: (project) => onFiles(project, 'workflows', isWorkflow),
  invocations: ({ files, args }) => [
    {
      args: ['-no-color', '-shellcheck=', '-pyflakes=', '-format', '{{json .}}', ...args],
      files: fileArguments(files),
      exitCodes: [0, 1],
    },
  ],
  async parse({ exitCode, stdout, request }) {
    const { findings } = parseActionlintReport(await stdout.text())
    if (exitCode === 1 && findings.length === 0)
      throw new ToolOutputError('actionlint says that it found something, and printed nothing.')
    const given = new Set(request.files)
    return { findings: findings.filter(({ location }) => given.has(asGiven(location?.path ?? ''))) }
  },
  notices: (project) =>
    ownFiles(project).map((file) => passesOver(posix.join(project.folder, file), 'actionlint')),
}

/** GitHub takes no others. */
function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)
}

function ownFiles({ files }: Project): readonly string[] {
  return files.filter((file) => /^\.github\/actionlint\.ya?ml$/.test(file))
}
