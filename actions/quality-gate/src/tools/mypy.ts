import type { JsonRecord, Notice, Project, RawFinding, Tool, ToolRequest } from '@ci-actions/shared'
import { excerpt, maybeNumber, maybeText, parseJsonLines, ToolOutputError, textOf } from '@ci-actions/shared'
import { findSigns } from './configuration-signs.ts'
import type { SearchOrder } from './effective-configuration.ts'
import { effectiveConfiguration, shadowedFiles } from './effective-configuration.ts'
import { onPythonFiles, packagePath } from './python-files.ts'
import { countImport } from './unresolved-import.ts'
import { isAtLeast, requireVersion } from './versions.ts'

/** In mypy's order of search. */
const order: SearchOrder = [
  { file: 'mypy.ini', tables: [['mypy']], always: true },
  { file: '.mypy.ini', tables: [['mypy']], always: true },
  { file: 'pyproject.toml', tables: [['tool', 'mypy']] },
  { file: 'setup.cfg', tables: [['mypy']] },
]

/** A line of mypy, from its JSON or from the plain text that it prints for some errors all the same. */
interface Message {
  readonly path: string
  readonly line: number
  readonly column?: number | undefined
  readonly endLine?: number | undefined
  readonly endColumn?: number | undefined
  readonly severity: string
  readonly text: string
  readonly hint: string
  readonly code?: string | undefined
}

/** Before 1.11, which brought JSON: lines in the form that is read for errors in plain text anyway. */
const asText = ['--show-column-numbers', '--show-error-codes', '--no-error-summary']

const importCodes = new Set(['import', 'import-not-found', 'import-untyped'])

export const mypy: Tool = {
  id: 'mypy',
  name: 'mypy',
  homepage: 'https://mypy.readthedocs.io',
  scope: 'project',
  kind: 'types',
  metrics: ['type-errors', 'unresolved-imports'],
  install: { kind: 'python', package: 'mypy', executable: 'mypy', plugins: ['types-*', '*-stubs'] },
  needsEnvironment: true,
  configuredBy: (project) =>
    findSigns(project, {
      tables: [
        ['pyproject.toml', 'tool', 'mypy'],
        ['setup.cfg', 'mypy'],
      ],
      files: ['mypy.ini', '.mypy.ini'],
      hooks: ['mypy'],
    }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'mypy', 1)
    return [
      {
        args: [
          ...(isAtLeast(request.version, 1, 11) ? ['--output=json'] : asText),
          '--no-error-summary',
          '--no-color-output',
          '--no-pretty',
          '--hide-error-context',
          '--hide-absolute-path',
          `--cache-dir=${request.cacheFolder}`,
          ...(request.python === undefined ? [] : [`--python-executable=${request.python}`]),
          ...targets(request),
          ...request.args,
        ],
        exitCodes: [0, 1, 2],
      },
    ]
  },
  async parse({ exitCode, stdout, stderr, request }) {
    const printed = await stdout.text()
    const errors = await stderr.text()
    const { messages, other } = readMessages(printed, errors)
    const failures = messages.filter(({ severity }) => severity === 'error')
    // 2 also means wrong arguments, nothing to check, and a crash.
    if ((exitCode !== 0) !== failures.length > 0)
      throw new ToolOutputError(`mypy stopped. ${excerpt(errors.trim() === '' ? printed : errors)}`)
    const inScope = new Set(request.files)
    return {
      findings: toFindings(
        messages.filter(({ path }) => inScope.has(packagePath(path, request.project))),
        request.project,
      ),
      notices: [
        ...(exitCode === 2 ? [nothingChecked(failures)] : []),
        ...other.flatMap(noticeOf),
        ...otherInterpreter(request),
      ],
    }
  },
  notices: (project) => shadowedFiles(project, 'mypy', order),
}

/**
 * What the project names itself (`files`, `packages`, `modules`), else everything. Never a list of files: mypy's
 * `exclude` does not hold for those. What is not in scope is dropped from the result.
 */
function targets({ project, version }: ToolRequest): readonly string[] {
  const table = effectiveConfiguration(project, order)?.table ?? {}
  if (['files', 'packages', 'modules'].some((name) => Object.hasOwn(table, name))) return []
  // What git ignores, such as copies in `build/`, would make duplicate modules, on which mypy checks nothing.
  return [...(isAtLeast(version, 1, 16) ? ['--exclude-gitignore'] : []), '.']
}

/** A file that mypy cannot decode is named in plain text on standard error. */
function readMessages(
  printed: string,
  errors: string,
): { messages: readonly Message[]; other: readonly string[] } {
  const { values, broken, plain } = parseJsonLines(`${printed}\n${errors}`)
  if (broken[0] !== undefined)
    throw new ToolOutputError(`mypy printed half a line: ${broken[0].text.slice(0, 200)}`)
  const other: string[] = []
  const numbered = values.map(({ line, value }) => ({ line, message: toMessage(value) }))
  for (const { line, text } of plain) {
    const match = /^(.+?):(?:(\d+):)?(?:(\d+):)? (error|note|warning): (.*?)(?: {2}\[([\w-]+)\])?$/.exec(text)
    if (match === null || !/\.pyi?$/.test(match[1] ?? '')) {
      other.push(text)
      continue
    }
    const [, path = '', row, column, severity = '', words = '', code] = match
    const place = { path, line: Number(row ?? -1), column: column === undefined ? undefined : Number(column) }
    numbered.push({ line, message: { ...place, severity, text: words, hint: '', code } })
  }
  return { messages: numbered.sort((a, b) => a.line - b.line).map(({ message }) => message), other }
}

/** Columns count from 0, of syntax errors from 1; lines from 1; -1 is none; ends are exclusive. */
function toMessage(value: JsonRecord): Message {
  const from1 = (key: string): number | undefined => {
    const number = maybeNumber(value, key)
    if (number === undefined || number < 0) return undefined
    return value['code'] === 'syntax' ? number : number + 1
  }
  return {
    path: textOf(value, 'file', 'mypy'),
    line: maybeNumber(value, 'line') ?? -1,
    column: from1('column'),
    endLine: maybeNumber(value, 'end_line'),
    endColumn: from1('end_column'),
    severity: textOf(value, 'severity', 'mypy'),
    text: textOf(value, 'message', 'mypy'),
    hint: maybeText(value, 'hint') ?? '',
    code: maybeText(value, 'code'),
  }
}

/** A note without a code belongs to the error before it: it becomes a related place there, where it names another. */
function toFindings(messages: readonly Message[], project: Project): readonly RawFinding[] {
  const findings: RawFinding[] = []
  for (const message of messages) {
    const previous = findings.at(-1)
    if (
      message.severity === 'note' &&
      message.code === undefined &&
      previous !== undefined &&
      previous.level !== 'note'
    ) {
      if (message.line > 0 && message.line !== previous.location?.line)
        findings[findings.length - 1] = {
          ...previous,
          related: [...(previous.related ?? []), toLocation(message)],
        }
    } else if (message.severity !== 'note' || message.line > 0) {
      findings.push(toFinding(message, project))
    }
  }
  return findings
}

function toFinding(message: Message, project: Project): RawFinding {
  const { code = 'mypy', severity, text } = message
  const isError = severity === 'error'
  const module =
    /module named "([\w.]+)"|stubs (?:not installed )?for "([\w.]+)"|^Skipping analyzing "([\w.]+)"/.exec(
      text,
    )
  return {
    rule: code,
    level: isError ? 'error' : severity === 'note' ? 'note' : 'warning',
    message: [text, ...message.hint.split('\n').filter((line) => line.startsWith('Hint: '))].join(' '),
    location: toLocation(message),
    ...(code !== 'mypy' && { help: `https://mypy.readthedocs.io/en/stable/_refs.html#code-${code}` }),
    ...(isError && { metric: 'type-errors' }),
    ...(isError &&
      importCodes.has(code) &&
      countImport(
        module?.slice(1).find((name) => name !== undefined),
        project,
        'type-errors',
      )),
  }
}

function toLocation({
  path,
  line,
  column,
  endLine,
  endColumn,
}: Message): NonNullable<RawFinding['location']> {
  if (line < 1) return { path }
  const end = endLine !== undefined && endLine >= line ? { endLine, endColumn } : {}
  return { path, line, column, ...end }
}

/** mypy stops at the first such error, so there are no type errors because nothing was looked at. */
function nothingChecked(failures: readonly Message[]): Notice {
  const [first] = failures
  const where =
    first === undefined ? '' : ` ${first.path}${first.line > 0 ? `:${first.line}` : ''}: ${first.text}.`
  const advice = first?.text.startsWith('Duplicate module')
    ? ' Add `__init__.py` files, set `explicit_package_bases`, or exclude one of them in the configuration of mypy.'
    : ''
  return {
    level: 'failed',
    message: `mypy checked nothing, because it stopped at an error.${where}${advice}`,
  }
}

/** What the project names itself is passed over for what `install`, an active environment or `.venv` has. */
function otherInterpreter({ project, python }: ToolRequest): readonly Notice[] {
  const found = effectiveConfiguration(project, order)
  if (python === undefined || found?.table['python_executable'] === undefined) return []
  const message = `${found.file.path}: \`python_executable\` has no effect here, because mypy is shown the environment that the report names.`
  return [{ level: 'notice', message }]
}

/** Lines about the configuration; one that could not be read at all means that mypy checked with its defaults. */
function noticeOf(line: string): readonly Notice[] {
  if (line.trim() === '') return []
  const unread = /^(?:pyproject\.toml|setup\.cfg|\.?mypy\.ini): (?!\[|note:|error:)/.test(line)
  return [{ level: unread ? 'failed' : 'notice', message: `mypy: ${line.trim()}` }]
}
