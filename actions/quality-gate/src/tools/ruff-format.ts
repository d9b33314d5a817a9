import type { Notice, RawFinding, Tool } from '@ci-actions/shared'
import { excerpt, ToolOutputError } from '@ci-actions/shared'
import { findSigns } from './configuration-signs.ts'
import { shadowedFiles } from './effective-configuration.ts'
import { findingsOfDiff } from './formatting-diff.ts'
import { fileArguments, onPythonFiles } from './python-files.ts'
import { filesChecked, ruffOrder, warningsOf } from './ruff-configuration.ts'
import { syntaxError } from './syntax-error.ts'
import { requireVersion } from './versions.ts'

/**
 * Exact per file: the formatter sees one file at a time, with the configuration nearest to it, which is in the key.
 * The diff and not its JSON is read, because the JSON has one edit for the whole file and is missing before 0.13.
 */
export const ruffFormat: Tool = {
  id: 'ruff-format',
  name: 'Ruff format',
  homepage: 'https://docs.astral.sh/ruff/formatter/',
  scope: 'file',
  kind: 'formatting',
  metrics: ['formatting-issues'],
  install: { kind: 'python', package: 'ruff', executable: 'ruff' },
  parallel: true,
  fixes: true,
  configuredBy: (project) =>
    findSigns(project, {
      tables: [
        ['pyproject.toml', 'tool', 'ruff', 'format'],
        ['ruff.toml', 'format'],
        ['.ruff.toml', 'format'],
      ],
      hooks: ['ruff-format'],
    }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'Ruff', 0, 2)
    return [
      {
        args: [
          'format',
          ...(request.fix ? [] : ['--diff']),
          '--force-exclude',
          '--no-cache',
          ...request.args,
        ],
        files: fileArguments(request.files),
        exitCodes: [0, 1, 2],
      },
    ]
  },
  async parse({ exitCode, stdout, stderr }) {
    const printed = await stderr.text()
    const { findings: unreadable, notices } = readMessages(printed)
    const about = { rule: 'ruff-format', message: 'Ruff would reformat these lines.' }
    const hunks = findingsOfDiff(await stdout.text(), about)
    if (exitCode === 1 && hunks.length === 0)
      throw new ToolOutputError(`Ruff format found changes and printed none. ${excerpt(printed)}`)
    // 2 is a file that it could not read, and wrong configuration or arguments.
    if (exitCode === 2 && unreadable.length === 0)
      throw new ToolOutputError(`Ruff format stopped. ${excerpt(printed)}`)
    if (exitCode === 0 && hunks.length + unreadable.length > 0)
      throw new ToolOutputError('Ruff format contradicts its exit code.')
    compareCounts(printed, hunks)
    return { findings: [...hunks, ...unreadable], notices, filesChecked: filesChecked(printed) }
  },
  notices: (project) => shadowedFiles(project, 'Ruff', ruffOrder),
}

/** Its last line: `1 file would be reformatted, 2 files already formatted`. */
function compareCounts(printed: string, hunks: readonly RawFinding[]): void {
  const said = /^(\d+) files? would be reformatted/m.exec(printed)?.[1]
  const changed = new Set(hunks.map(({ location }) => location?.path)).size
  if (said !== undefined && Number(said) !== changed)
    throw new ToolOutputError(`Ruff format counts ${said} files and printed changes of ${changed}.`)
}

function readMessages(printed: string): { findings: readonly RawFinding[]; notices: readonly Notice[] } {
  const findings: RawFinding[] = []
  for (const line of printed.split('\n')) {
    const parse = /^error: Failed to parse (.+?):(\d+):(\d+): (.*)$/.exec(line)
    const read = /^error: Failed to (?:read|format) (.+?): (.*)$/.exec(line)
    if (parse !== null) {
      const [, path = '', row, column, why = ''] = parse
      const place = { path, line: Number(row), column: Number(column) }
      findings.push(syntaxError(place, why, 'formatting-issues'))
    } else if (read !== null) {
      findings.push(syntaxError({ path: read[1] ?? '' }, read[2] ?? '', 'formatting-issues'))
    }
  }
  return { findings, notices: warningsOf(printed) }
}
