import type { JsonRecord, Level, Notice, Project, RawFinding, Tool, ToolRequest } from '@ci-actions/shared'
import {
  excerpt,
  isRecord,
  listOf,
  maybeText,
  numberOf,
  parseJson,
  recordOf,
  ToolOutputError,
  textOf,
} from '@ci-actions/shared'
import { findSigns } from './configuration-signs.ts'
import type { SearchOrder } from './effective-configuration.ts'
import { effectiveConfiguration, shadowedFiles } from './effective-configuration.ts'
import { onPythonFiles, packagePath } from './python-files.ts'
import { countImport } from './unresolved-import.ts'

const levels: Readonly<Record<string, Level>> = { error: 'error', warning: 'warning', information: 'note' }

/** In Pyright's order of search. */
const order: SearchOrder = [
  { file: 'pyrightconfig.json', tables: [[]], always: true },
  { file: 'pyproject.toml', tables: [['tool', 'pyright']] },
]

const importRules = new Set(['reportMissingImports', 'reportMissingModuleSource'])

/** Keeps no cache between runs; on what it takes from the project see `parse`. */
export const pyright: Tool = {
  id: 'pyright',
  name: 'Pyright',
  homepage: 'https://microsoft.github.io/pyright/',
  scope: 'project',
  kind: 'types',
  metrics: ['type-errors', 'unresolved-imports'],
  install: { kind: 'npm', package: 'pyright', executable: 'pyright' },
  needsEnvironment: true,
  configuredBy: (project) =>
    findSigns(project, {
      tables: [['pyproject.toml', 'tool', 'pyright']],
      files: ['pyrightconfig.json'],
      hooks: ['pyright'],
    }),
  applies: onPythonFiles,
  invocations: (request) => [
    {
      // No files: with them Pyright would leave `include`, `exclude` and `strict` of the project unread.
      args: [
        '--outputjson',
        ...(request.python === undefined ? [] : ['--pythonpath', request.python]),
        ...request.args,
      ],
      exitCodes: [0, 1],
    },
  ],
  async parse({ exitCode, stdout, stderr, request }) {
    const printed = await stdout.text()
    const start = printed.search(/^\{/m)
    if (start < 0) throw new ToolOutputError(`Pyright stopped. ${excerpt((await stderr.text()) || printed)}`)
    const result = recordOf(parseJson(printed.slice(start), 'Pyright'), 'Pyright')
    const summary = recordOf(result['summary'], 'Pyright')
    const problems = listOf(result['generalDiagnostics'], 'Pyright').map((each) => recordOf(each, 'Pyright'))
    compareCounts(problems, summary, exitCode)
    const inScope = new Set(request.files)
    return {
      findings: problems
        .filter((each) => inScope.has(packagePath(textOf(each, 'file', 'Pyright'), request.project)))
        .map((each) => toFinding(each, request.project)),
      notices: [
        ...noticesOf(`${printed.slice(0, start)}\n${await stderr.text()}`),
        ...otherEnvironment(request),
      ],
      filesChecked: numberOf(summary, 'filesAnalyzed', 'Pyright'),
    }
  },
  notices: (project) => shadowedFiles(project, 'Pyright', order),
}

/** Pyright counts what it found; another number in its list means that some of it was lost. */
function compareCounts(problems: readonly JsonRecord[], summary: JsonRecord, exitCode: number): void {
  for (const severity of Object.keys(levels)) {
    const said = numberOf(summary, `${severity}Count`, 'Pyright')
    const printed = problems.filter((each) => each['severity'] === severity).length
    if (said !== printed)
      throw new ToolOutputError(`Pyright counts ${said} of severity ${severity} and printed ${printed}.`)
  }
  // Without an error it is warnings that the project has chosen to fail on.
  if (exitCode === 1 && problems.length === 0)
    throw new ToolOutputError('Pyright says that it found something, and printed nothing.')
}

function toFinding(problem: JsonRecord, project: Project): RawFinding {
  const level = levels[textOf(problem, 'severity', 'Pyright')]
  if (level === undefined) throw new ToolOutputError('Pyright: unknown severity.')
  const rule = maybeText(problem, 'rule')
  // The lines behind the first explain it, indented with no-break spaces.
  const message = textOf(problem, 'message', 'Pyright').replaceAll('\u00a0', ' ')
  const module = /^Import "([\w.]+)" could not be resolved/.exec(message)?.[1]
  return {
    rule: rule ?? 'pyright',
    level,
    message,
    location: toLocation(problem),
    ...(rule !== undefined && { help: `https://microsoft.github.io/pyright/#/configuration?id=${rule}` }),
    ...(level === 'error' && { metric: 'type-errors' }),
    ...(rule !== undefined && importRules.has(rule) && countImport(module, project, 'type-errors')),
  }
}

/** Lines and columns count from 0, columns in UTF-16 units; ends are exclusive. */
function toLocation(problem: JsonRecord): NonNullable<RawFinding['location']> {
  const path = textOf(problem, 'file', 'Pyright')
  if (!isRecord(problem['range'])) return { path }
  const start = recordOf(problem['range']['start'], 'Pyright')
  const end = recordOf(problem['range']['end'], 'Pyright')
  return {
    path,
    line: numberOf(start, 'line', 'Pyright') + 1,
    column: numberOf(start, 'character', 'Pyright') + 1,
    endLine: numberOf(end, 'line', 'Pyright') + 1,
    endColumn: numberOf(end, 'character', 'Pyright') + 1,
    columnUnit: 'utf16',
  }
}

/** What the project names itself is passed over for what `install`, an active environment or `.venv` has. */
function otherEnvironment({ project, python }: ToolRequest): readonly Notice[] {
  const found = effectiveConfiguration(project, order)
  if (python === undefined || found?.table['venv'] === undefined) return []
  const message = `${found.file.path}: \`venv\` has no effect here, because Pyright is shown the environment that the report names.`
  return [{ level: 'notice', message }]
}

/** Whatever Pyright prints beside its result is about its configuration; it goes on all the same. */
function noticesOf(printed: string): readonly Notice[] {
  const lines = printed
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' && !/^(?:\(node:|\(Use `|No configuration file found|Assuming Python )/.test(line),
    )
  return [...new Set(lines)].map((line) => ({
    level: line.includes('could not be parsed') ? 'failed' : 'notice',
    message: `Pyright: ${line}`,
  }))
}
