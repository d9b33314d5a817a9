import type { ConfigFile, Notice, Project, Tool } from '@ci-actions/shared'
import { lastLines, ToolOutputError, tableAt } from '@ci-actions/shared'
import { banditEvidence, parseBanditReport } from './bandit-report.ts'
import { pathOf } from './configuration-path.ts'
import { onFiles, passesOver } from './scope.ts'

/**
 * Its result for a file depends on that file alone. `# nosec` counts, as it does for developers. Bandit takes no
 * configuration by itself when it is given files, so it gets what the project has.
 */
export const bandit: Tool = {
  id: 'bandit',
  name: 'Bandit',
  homepage: 'https://bandit.readthedocs.io/',
  scope: 'file',
  kind: 'code',
  metrics: ['findings', 'secrets'],
  inPassing: ['secrets'],
  install: { kind: 'python', package: 'bandit', executable: 'bandit', extras: [] },
  asEvidence: banditEvidence,
  configuredBy: (project) => configurationsOf(project).map(({ label }) => label),
  applies: (project) => onFiles(project, 'Python files', (path) => isReadByBandit(path, project)),
  invocations: ({ project, files, args }) => [
    {
      // From 51 files on it shows its progress where the report is expected, unless it is told to be quiet. And it would
      // print the lines around each finding, in which a secret may stand that nobody finds.
      args: [
        ...['--quiet', '--number', '1', '--format', 'json'],
        ...[...configurationArguments(project, args), ...args, '--'],
      ],
      // As from `-r .`, which excludes like `/build` are written for.
      files: files.map((file) => `./${file}`),
      exitCodes: [0, 1],
    },
  ],
  async parse({ exitCode, stdout, stderr }) {
    const text = await stdout.text()
    if (text.trim() === '')
      throw new ToolOutputError(`Bandit printed no report. ${lastLines(await stderr.text(), 3)}`.trim())
    const result = parseBanditReport(text)
    if (exitCode === 1 && result.findings.length + (result.notices ?? []).length === 0)
      throw new ToolOutputError('Bandit says that it found something, and printed nothing.')
    return { ...result, notices: [...(result.notices ?? []), ...warningsIn(await stderr.text())] }
  },
  notices: (project) =>
    configurationsOf(project).flatMap((each, index, all): readonly Notice[] => {
      const { label, option } = each
      if (all.findIndex((other) => other.option === option) !== index) {
        const message = `${label} has no effect: Bandit takes one file by \`${option}\`, and another comes first. Keep one of them.`
        return [{ level: 'warning', message }]
      }
      return [...(leavesOut(each) ? [passesOver(label, 'Bandit')] : []), ...iniNotices(each)]
    }),
}

/** Also programs without a console, and scripts without a suffix whose first line names Python, or uv to run them; it takes what it is given by name. */
export function isReadByBandit(path: string, { scripts }: Project): boolean {
  return /\.pyw?$/.test(path) || /\bpython(?:3[\d.]*)?\b|\buv run\b/.test(scripts?.get(path) ?? '')
}

interface Configuration {
  readonly file: ConfigFile
  readonly label: string
  readonly option: '-c' | '--ini'
}

/** Whether it names tests or paths; settings of single tests leave nothing out. */
function leavesOut(each: Configuration): boolean {
  if (each.option === '--ini') return iniArguments(each.file).length > 0
  const own = tableAt(each.file, 'tool', 'bandit') ?? each.file.data
  return ['skips', 'tests', 'exclude_dirs'].some((key) => own?.[key] !== undefined)
}

/** In the order in which they are taken: one for each option. */
function configurationsOf(project: Project): readonly Configuration[] {
  const found = project.configuration.flatMap((file): readonly Configuration[] => {
    if (file.name === 'pyproject.toml' && tableAt(file, 'tool', 'bandit') !== undefined)
      return [{ file, label: `${file.path} [tool.bandit]`, option: '-c' }]
    if (file.name === 'bandit.yaml' || file.name === 'bandit.yml')
      return [{ file, label: file.path, option: '-c' }]
    return file.name === '.bandit' ? [{ file, label: file.path, option: '--ini' }] : []
  })
  return found.toSorted((a, b) => rank(a) - rank(b))
}

function rank({ file }: Configuration): number {
  return file.name === 'pyproject.toml' ? 0 : 1
}

/**
 * What the user gives by `tool-args` goes before. Left alone, Bandit passes over folders such as `CVS` and `.tox`, although it
 * is given files.
 */
function configurationArguments(project: Project, args: readonly string[]): readonly string[] {
  if (args.some((arg) => /^--ini\b/.test(arg))) return []
  const own = args.some((arg) => /^(-c|--configfile\b)/.test(arg))
  const found = configurationsOf(project)
  const first = own ? undefined : found.find(({ option }) => option === '-c')
  const ini = found.find(({ option }) => option === '--ini')
  const more = ini === undefined ? [] : iniArguments(ini.file)
  const isLess = (arg: string) => (own || first !== undefined) && arg.startsWith('--configfile=')
  return [
    '--exclude=',
    ...(first === undefined ? [] : [first.option, pathOf(project, first.file)]),
    ...more.filter((arg) => !isLess(arg)),
  ]
}

/** What `.bandit` says about what to look at and for; the rest of it is about how the result is shown. */
const iniOptions: Readonly<Record<string, string>> = {
  configfile: '--configfile',
  profile: '--profile',
  tests: '--tests',
  skips: '--skip',
  exclude: '--exclude',
}

/** Not as the file itself, which could also hide findings by their severity and put the report elsewhere. */
function iniArguments(file: ConfigFile): readonly string[] {
  const table = tableAt(file, 'bandit') ?? {}
  return Object.entries(iniOptions).flatMap(([key, option]) => {
    const value = table[key]
    return typeof value === 'string' ? [`${option}=${value.replaceAll(/\s*,\s*/g, ',').trim()}`] : []
  })
}

function iniNotices({ file, label, option }: Configuration): readonly Notice[] {
  if (option !== '--ini') return []
  const table = tableAt(file, 'bandit')
  if (table === undefined) {
    const why = file.error ?? 'it has no section `[bandit]`'
    return [{ level: 'warning', message: `${label} has no effect: ${why}.` }]
  }
  const hiding = ['level', 'confidence', 'baseline'].filter((key) => table[key] !== undefined)
  if (hiding.length === 0) return []
  const message = `${label} sets ${hiding.join(', ')}, which has no effect here: all that Bandit finds is judged.`
  return [{ level: 'notice', message }]
}

/** Such as an unknown test in `skips`, or a `.bandit` that it cannot read. */
function warningsIn(stderr: string): readonly Notice[] {
  return stderr.split(/\r?\n/).flatMap((line) => {
    const message = /^\[\w+\]\s+(?:WARNING|ERROR)\s+(.*)$/.exec(line)?.[1]
    return message === undefined ? [] : [{ level: 'warning' as const, message }]
  })
}
