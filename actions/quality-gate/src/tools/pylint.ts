import type { JsonRecord, Level, Notice, Project, RawFinding, Tool, ToolRequest } from '@ci-actions/shared'
import {
  excerpt,
  isPython,
  listOf,
  maybeNumber,
  maybeText,
  numberOf,
  parseJson,
  recordOf,
  ToolOutputError,
  textOf,
} from '@ci-actions/shared'
import { findSigns } from './configuration-signs.ts'
import { shadowedFiles } from './effective-configuration.ts'
import { withProjectPackages } from './project-python.ts'
import { ignoredPaths, pylintConfiguration, pylintOrder } from './pylint-configuration.ts'
import { fileArguments, onPythonFiles } from './python-files.ts'
import { countImport } from './unresolved-import.ts'
import { requireVersion } from './versions.ts'

/** Messages about the configuration, where they do not stand in a comment of the code, and those among them that leave a part of the checks out. */
const configurationIds = new Set(['E0013', 'E0014', 'E0015', 'F0011', 'R0022', 'W0012'])
const failingIds = new Set(['E0013', 'F0011'])
/** Pylint or a plugin crashed, or a file was not found. */
const crashIds = new Set(['F0001', 'F0002'])

/**
 * Looks into imported modules, so a result depends on the imports too; with `cache: imports` the two checks that
 * look at all files together, `cyclic-import` and `duplicate-code`, are left to the tools made for them.
 */
export const pylint: Tool = {
  id: 'pylint',
  name: 'Pylint',
  homepage: 'https://pylint.readthedocs.io',
  scope: 'imports',
  kind: 'lint',
  metrics: ['lint-errors', 'lint-warnings', 'unresolved-imports'],
  install: { kind: 'python', package: 'pylint', executable: 'python', plugins: ['pylint-*', 'perflint'] },
  parallel: true,
  needsEnvironment: true,
  configuredBy: (project) =>
    findSigns(project, {
      tables: pylintOrder(project).flatMap(({ file, tables }) =>
        tables.map((keys) => [file, ...keys] as const),
      ),
      files: ['.pylintrc', 'pylintrc'],
      hooks: ['pylint'],
    }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'Pylint', 3)
    return [
      {
        args: [
          ...withProjectPackages('pylint', request.python),
          '--output-format=json2',
          '--score=n',
          '--exit-zero',
          ...projectArgs(request),
          ...request.args,
        ],
        files: fileArguments(request.files),
        env: { PYLINTHOME: request.cacheFolder },
        // 1 is a crash in one file, which the JSON names.
        exitCodes: [0, 1],
      },
    ]
  },
  async parse({ stdout, stderr, request }) {
    const { before, json } = splitOutput(await stdout.text(), await stderr.text())
    const result = recordOf(parseJson(json, 'Pylint'), 'Pylint')
    const messages = listOf(result['messages'], 'Pylint').map((each) => recordOf(each, 'Pylint'))
    compareCounts(messages, recordOf(recordOf(result['statistics'], 'Pylint')['messageTypeCount'], 'Pylint'))
    const notices = distinct([
      ...before.map(noticeOfLine),
      ...messages.flatMap((each) => noticeOf(each) ?? []),
    ])
    const findings = messages
      .filter((each) => noticeOf(each) === undefined)
      .map((each) => toFinding(each, request.project))
    return { findings, notices }
  },
  notices: (project) => shadowedFiles(project, 'Pylint', pylintOrder(project)),
}

/**
 * Pylint counts what it found; fewer messages in its list mean that some of it was lost. Those about its
 * configuration it counts with one process only.
 */
function compareCounts(messages: readonly JsonRecord[], counted: JsonRecord): void {
  const said = Object.keys(counted).reduce((total, type) => total + numberOf(counted, type, 'Pylint'), 0)
  const inCode = messages.filter((each) => isPython(maybeText(each, 'path') ?? '')).length
  if (said < inCode || said > messages.length)
    throw new ToolOutputError(`Pylint counts ${said} messages and printed ${messages.length}.`)
}

/** Pylint prints what is wrong with its configuration as plain text before the JSON. */
function splitOutput(printed: string, errors: string): { before: readonly string[]; json: string } {
  const lines = printed.split(/\r?\n/)
  const start = lines.findIndex((line) => line.startsWith('{'))
  if (start < 0) throw new ToolOutputError(`Pylint stopped. ${excerpt(errors || printed)}`)
  return {
    before: lines.slice(0, start).filter((line) => line.trim() !== ''),
    json: lines.slice(start).join('\n'),
  }
}

/** Each process of Pylint says what it thinks of the configuration. */
function distinct(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map((notice) => [notice.message, notice])).values()]
}

function noticeOfLine(line: string): Notice {
  const unread = /^Failed to load |: F0011: |config-parse-error/.test(line)
  return { level: unread ? 'failed' : 'notice', message: `Pylint: ${line}` }
}

function noticeOf(message: JsonRecord): Notice | undefined {
  const id = textOf(message, 'messageId', 'Pylint')
  if (!configurationIds.has(id) && !crashIds.has(id)) return undefined
  const place = maybeText(message, 'path') ?? ''
  // A comment that names an unknown message is a finding like any other.
  if (isPython(place) && !crashIds.has(id)) return undefined
  const failed = failingIds.has(id) || crashIds.has(id)
  return {
    level: failed ? 'failed' : 'notice',
    message: `Pylint, ${place}: ${textOf(message, 'message', 'Pylint')} (${id})`,
  }
}

const levels: Readonly<Record<string, Level>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  refactor: 'warning',
  convention: 'warning',
  info: 'note',
}

function toFinding(message: JsonRecord, project: Project): RawFinding {
  const id = textOf(message, 'messageId', 'Pylint')
  const symbol = textOf(message, 'symbol', 'Pylint')
  const type = textOf(message, 'type', 'Pylint')
  const text = textOf(message, 'message', 'Pylint')
  const level = levels[type]
  if (level === undefined) throw new ToolOutputError(`Pylint: unknown type of message \`${type}\`.`)
  const enclosing = maybeText(message, 'obj')
  return {
    rule: symbol,
    level,
    message: text,
    ...(level !== 'note' && { metric: level === 'error' ? 'lint-errors' : 'lint-warnings' }),
    ...(id === 'E0401' &&
      countImport(/^Unable to import '([\w.]+)'/.exec(text)?.[1], project, 'lint-errors')),
    location: toLocation(message),
    ...(enclosing !== undefined && enclosing !== '' && { symbol: enclosing }),
    help: `https://pylint.readthedocs.io/en/stable/user_guide/messages/${type}/${symbol}.html`,
  }
}

/** Lines count from 1, columns from 0 in the bytes of UTF-8, as Python's `ast` counts; ends are exclusive. */
function toLocation(message: JsonRecord): NonNullable<RawFinding['location']> {
  const column = maybeNumber(message, 'column')
  const endColumn = maybeNumber(message, 'endColumn')
  return {
    path: textOf(message, 'path', 'Pylint'),
    line: Math.max(maybeNumber(message, 'line') ?? 1, 1),
    endLine: maybeNumber(message, 'endLine'),
    column: column === undefined ? undefined : column + 1,
    endColumn: endColumn === undefined ? undefined : endColumn + 1,
    columnUnit: 'utf8',
  }
}

function projectArgs({ project, cores, settings }: ToolRequest): readonly string[] {
  const found = pylintConfiguration(project)
  return [
    ...(found === undefined ? [] : [`--rcfile=${found.path}`]),
    ...(found?.options.get('jobs') === undefined ? [`--jobs=${cores}`] : []),
    ...ignoredPaths(found?.options),
    ...(settings['cache'] === 'imports' ? ['--disable=cyclic-import,duplicate-code'] : []),
  ]
}
