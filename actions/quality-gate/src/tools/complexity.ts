import type { JsonRecord, Measurement, Project, RawFinding, Tool } from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeNumber,
  maybeText,
  parseJson,
  recordOf,
  ToolOutputError,
  textOf,
} from '@ci-actions/shared'
import { fileArguments, onPythonFiles, packagePath, repositoryPath } from './python-files.ts'
import { warningsOf } from './ruff-configuration.ts'
import { syntaxError, syntaxErrors } from './syntax-error.ts'
import { isAtLeast, requireVersion } from './versions.ts'

interface FunctionComplexity {
  readonly path: string
  readonly line: number
  readonly name: string
  readonly complexity: number
}

/**
 * Cyclomatic complexity, by Ruff's C901 with a limit of 0, so that it names every function. Isolated from the
 * project's configuration and `noqa` comments, which silence linters and would falsify a measurement.
 *
 * Exact per file: a function's branches are all in its file. Nothing else belongs into the key.
 */
export const complexity: Tool = {
  id: 'complexity',
  name: 'Cyclomatic complexity (Ruff C901)',
  homepage: 'https://docs.astral.sh/ruff/rules/complex-structure/',
  scope: 'file',
  kind: 'complexity',
  metrics: ['complexity-max', 'complexity-over-limit', syntaxErrors],
  install: { kind: 'python', package: 'ruff', executable: 'ruff' },
  parallel: true,
  configuredBy: () => [],
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'Ruff', 0, 3)
    return [
      {
        args: [
          'check',
          '--isolated',
          '--select=C901',
          '--config=lint.mccabe.max-complexity=0',
          '--ignore-noqa',
          '--no-cache',
          '--output-format=json',
          // The newest syntax, whatever the project supports: this is no check of syntax.
          ...(isAtLeast(request.version, 0, 12) ? ['--target-version=py314'] : []),
          ...request.args,
        ],
        files: fileArguments(request.files),
        exitCodes: [0, 1],
      },
    ]
  },
  async parse({ exitCode, stdout, stderr, request, invocation }) {
    const limit = Number(request.settings['complexity-limit'] ?? 15)
    const results = listOf(parseJson(await stdout.text(), 'Ruff'), 'Ruff').map((each) =>
      recordOf(each, 'Ruff'),
    )
    const functions = results.filter((each) => each['code'] === 'C901').map(toFunction)
    const errors = await stderr.text()
    if (exitCode === 1 && results.length === 0 && unreadable(errors).length === 0)
      throw new ToolOutputError('Ruff printed no functions.')
    const broken = [...results.filter((each) => each['code'] !== 'C901').map(toBroken), ...unreadable(errors)]
    const pathOf = (printed: string): string => packagePath(printed, request.project)
    const unread = new Map(broken.map((finding) => [pathOf(finding.location?.path ?? ''), finding]))
    const files = (invocation.files ?? request.files).map(pathOf).filter((file) => !unread.has(file))
    return {
      findings: [
        ...functions.filter((each) => each.complexity > limit).map((each) => overLimit(each, limit)),
        ...unread.values(),
      ],
      measurements: measure(
        functions.map((each) => ({ ...each, path: pathOf(each.path) })),
        files,
        request.project,
      ),
      notices: warningsOf(errors),
    }
  },
}

function toFunction(result: JsonRecord): FunctionComplexity {
  const message = textOf(result, 'message', 'Ruff')
  const match = /^`(.+)` is too complex \((\d+) > 0\)$/.exec(message)
  const line = isRecord(result['location']) ? maybeNumber(result['location'], 'row') : undefined
  if (match?.[1] === undefined || line === undefined)
    throw new ToolOutputError(`Ruff: no complexity in "${message}".`)
  return { path: textOf(result, 'filename', 'Ruff'), line, name: match[1], complexity: Number(match[2]) }
}

/** Ruff reports several errors for one broken place; one for a file is enough. */
function toBroken(result: JsonRecord): RawFinding {
  const place = isRecord(result['location']) ? result['location'] : {}
  const line = maybeNumber(place, 'row')
  const column = maybeNumber(place, 'column')
  const path = textOf(result, 'filename', 'Ruff')
  return syntaxError({ path, line, column }, maybeText(result, 'message') ?? 'invalid syntax', syntaxErrors)
}

/**
 * With rules other than E902 Ruff only warns of a file that is not UTF-8, and before 0.5 only names a file that does
 * not parse.
 */
function unreadable(errors: string): readonly RawFinding[] {
  const undecodable = errors.matchAll(/^warning: Failed to (?:lint|read) (.+?): (.*)$/gm)
  const unparsable = errors.matchAll(/^error: Failed to parse (.+?):(\d+):(\d+): (.*)$/gm)
  return [
    ...[...undecodable].map(([, path = '', why = '']) => syntaxError({ path }, why, syntaxErrors)),
    ...[...unparsable].map(([, path = '', line, column, why = '']) =>
      syntaxError({ path, line: Number(line), column: Number(column) }, why, syntaxErrors),
    ),
  ]
}

function overLimit(each: FunctionComplexity, limit: number): RawFinding {
  return {
    rule: 'C901',
    level: 'warning',
    message: `\`${each.name}\` has a cyclomatic complexity of ${each.complexity}, above the limit of ${limit}.`,
    location: { path: each.path, line: each.line },
    help: 'https://docs.astral.sh/ruff/rules/complex-structure/',
    metric: 'complexity-over-limit',
    symbol: each.name,
  }
}

/** The highest of each file; 0 for a file without functions, so that the metric is there for every project. */
function measure(
  functions: readonly FunctionComplexity[],
  files: readonly string[],
  project: Project,
): readonly Measurement[] {
  const highest = new Map<string, FunctionComplexity>()
  for (const each of functions) {
    if (each.complexity > (highest.get(each.path)?.complexity ?? 0)) highest.set(each.path, each)
  }
  return files.map((file) => {
    const most = highest.get(file)
    const path = repositoryPath(file, project)
    if (most === undefined) return { metric: 'complexity-max', value: 0, path }
    return { metric: 'complexity-max', value: most.complexity, path, at: `${most.name}() in ${path}` }
  })
}
