import type { JsonRecord, Notice, RawFinding, Tool, ToolRequest } from '@ci-actions/shared'
import { excerpt, ToolOutputError } from '@ci-actions/shared'
import { findSigns, findTable } from './configuration-signs.ts'
import { findingsOfDiff } from './formatting-diff.ts'
import { fileArguments, onPythonFiles, pathFromPackage } from './python-files.ts'
import { syntaxError } from './syntax-error.ts'
import { requireVersion } from './versions.ts'

/** What Black leaves out where the project does not set `exclude`. */
const defaultExclude =
  '/(\\.direnv|\\.eggs|\\.git|\\.hg|\\.ipynb_checkpoints|\\.mypy_cache|\\.nox|\\.pytest_cache|\\.ruff_cache|\\.tox|\\.svn|\\.venv|\\.vscode|__pypackages__|_build|buck-out|build|dist|venv)/'

/**
 * Exact per file: Black formats each file for itself, with the configuration of the whole run. Nothing else
 * belongs into the key: target versions come from the configuration or from the file's own syntax.
 */
export const black: Tool = {
  id: 'black',
  name: 'Black',
  homepage: 'https://black.readthedocs.io',
  scope: 'file',
  kind: 'formatting',
  metrics: ['formatting-issues'],
  install: { kind: 'python', package: 'black', executable: 'black' },
  parallel: true,
  fixes: true,
  configuredBy: (project) =>
    findSigns(project, { tables: [['pyproject.toml', 'tool', 'black']], hooks: ['black', 'black-jupyter'] }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'Black', 22)
    return [
      {
        args: [
          ...(request.fix ? [] : ['--check', '--diff']),
          '--no-color',
          `--workers=${request.cores}`,
          ...projectArgs(request),
          ...request.args,
        ],
        files: fileArguments(request.files),
        env: { BLACK_CACHE_DIR: request.cacheFolder },
        exitCodes: [0, 1, 123],
      },
    ]
  },
  async parse({ exitCode, stdout, stderr }) {
    const printed = await stderr.text()
    const { findings: unreadable, notices } = readMessages(printed)
    const hunks = findingsOfDiff(await stdout.text(), {
      rule: 'black',
      message: 'Black would reformat these lines.',
    })
    // 1 also means that it could not read its configuration; 123 wins over 1.
    if (exitCode === 1 && hunks.length === 0) throw new ToolOutputError(`Black stopped. ${excerpt(printed)}`)
    if (exitCode === 123 && unreadable.length === 0)
      throw new ToolOutputError(`Black failed. ${excerpt(printed)}`)
    if (exitCode === 0 && hunks.length + unreadable.length > 0)
      throw new ToolOutputError('Black contradicts its exit code.')
    const counted = readSummary(printed)
    const changed = new Set(hunks.map(({ location }) => location?.path)).size
    if (counted !== undefined && counted.changed !== changed)
      throw new ToolOutputError(`Black counts ${counted.changed} files and printed changes of ${changed}.`)
    return { findings: [...hunks, ...unreadable], notices, filesChecked: counted?.files }
  },
}

/**
 * The project's own configuration by path, because Black looks for it above the files that it is given, which are
 * not always the same; and what it excludes or does not include, because Black leaves out no file that it is given by
 * name, except with `--force-exclude`.
 */
function projectArgs({ project }: ToolRequest): readonly string[] {
  const found = findTable(project, 'pyproject.toml', 'tool', 'black')
  const table = found?.table ?? {}
  const include = setting(table, 'include')
  const patterns = [
    setting(table, 'exclude') ?? defaultExclude,
    setting(table, 'extend-exclude'),
    setting(table, 'force-exclude'),
    include && include !== '' ? exceptFor(include) : undefined,
  ]
  return [
    ...(found === undefined ? [] : [`--config=${pathFromPackage(project, found.file.path)}`]),
    `--force-exclude=${joinPatterns(patterns.filter((pattern) => pattern !== undefined && pattern !== ''))}`,
  ]
}

function setting(table: JsonRecord, name: string): string | undefined {
  const value = table[name] ?? table[name.replaceAll('-', '_')]
  return typeof value === 'string' ? value : undefined
}

/** Matches every path in which `pattern` is not found; Black takes no notice of an empty match. */
function exceptFor(pattern: string): string {
  const end = pattern.includes('\n') ? '\n' : ''
  return `\\A(?![\\s\\S]*?(?:${pattern}${end}))[\\s\\S]+`
}

/** One alternative each. Black reads a pattern with a line end as a verbose one, so the mode is set for each part. */
export function joinPatterns(patterns: readonly (string | undefined)[]): string {
  const verbose = patterns.some((pattern) => pattern?.includes('\n'))
  if (!verbose) return patterns.map((pattern) => `(?:${pattern})`).join('|')
  return patterns
    .map((pattern) => (pattern?.includes('\n') ? `(?x:${pattern}\n)` : `(?-x:${pattern})`))
    .join('\n|')
}

/**
 * The last line, such as `1 file would be reformatted, 2 files would be left unchanged, 1 file would fail to
 * reformat.`; undefined where the project has made Black quiet.
 */
function readSummary(printed: string): { changed: number; files: number } | undefined {
  if (/^No Python files are present/m.test(printed)) return { changed: 0, files: 0 }
  const line = /^\d+ files? (?:would )?(?:be |left |fail)[^\n]*\.\s*$/m.exec(printed)?.[0]
  if (line === undefined) return undefined
  const count = (what: string): number => Number(new RegExp(`(\\d+) files? ${what}`).exec(line)?.[1] ?? 0)
  const changed = count('would be reformatted')
  return { changed, files: changed + count('would be left unchanged') + count('would fail to reformat') }
}

/** Standard error: files that it could not read, and warnings about its configuration. */
function readMessages(printed: string): { findings: readonly RawFinding[]; notices: readonly Notice[] } {
  const findings: RawFinding[] = []
  const notices: Notice[] = []
  for (const line of printed.split('\n')) {
    const parse = /^error: cannot parse: (.+?):(\d+):(\d+)$/.exec(line)
    const format = /^error: cannot format (.+?): (?:Cannot parse[^:]*: (\d+):(\d+): ?)?(.*)$/.exec(line)
    const keys = /^Invalid config keys detected: .*$/.exec(line)
    if (parse !== null) {
      const [, path = '', row, column] = parse
      findings.push(unreadable({ path, line: Number(row), column: Number(column) + 1 }, 'it does not parse'))
    } else if (format !== null) {
      const [, path = '', row, column, why = ''] = format
      const place = row === undefined ? { path } : { path, line: Number(row), column: Number(column) + 1 }
      const crashed = why.startsWith('INTERNAL ERROR')
      if (crashed) notices.push({ level: 'failed', message: `Black could not format ${path}: ${why}` })
      else findings.push(unreadable(place, why || 'it does not parse'))
    } else if (keys !== null || line.startsWith('Warning:')) {
      notices.push({ level: 'notice', message: `Black: ${line}` })
    }
  }
  return { findings, notices }
}

function unreadable(place: { path: string; line?: number; column?: number }, why: string): RawFinding {
  return syntaxError(place, why, 'formatting-issues')
}
