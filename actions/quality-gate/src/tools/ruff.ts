import type { Edit, JsonRecord, RawFinding, Tool } from '@ci-actions/shared'
import {
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
import { shadowedFiles } from './effective-configuration.ts'
import { rememberedFirstParty } from './first-party.ts'
import { lintMetric } from './lint-codes.ts'
import { fileArguments, onPythonFiles } from './python-files.ts'
import { filesChecked, ruffOrder, warningsOf } from './ruff-configuration.ts'
import { requireVersion } from './versions.ts'

/**
 * Exact per file, with two things beside the file: a neighbouring `__init__.py` decides INP001 and the module's
 * name (the package chain, which every key has), and the names of modules in the folders of sources decide the import
 * order of the I rules.
 */
export const ruff: Tool = {
  id: 'ruff',
  name: 'Ruff',
  homepage: 'https://docs.astral.sh/ruff/',
  scope: 'file',
  kind: 'lint',
  metrics: ['lint-errors', 'lint-warnings'],
  install: { kind: 'python', package: 'ruff', executable: 'ruff' },
  parallel: true,
  fixes: true,
  configuredBy: (project) =>
    findSigns(project, {
      tables: [['pyproject.toml', 'tool', 'ruff']],
      files: ['ruff.toml', '.ruff.toml'],
      hooks: ['ruff', 'ruff-check'],
    }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'Ruff', 0, 1)
    return [
      {
        args: [
          'check',
          '--output-format=json',
          '--force-exclude',
          '--no-cache',
          // The project may have `fix = true` for its developers.
          ...(request.fix ? ['--fix'] : ['--no-fix', '--no-fix-only']),
          '--no-show-fixes',
          ...request.args,
        ],
        files: fileArguments(request.files),
        exitCodes: [0, 1],
      },
    ]
  },
  async parse({ exitCode, stdout, stderr }) {
    const results = listOf(parseJson(await stdout.text(), 'Ruff'), 'Ruff')
    const errors = await stderr.text()
    if (exitCode === 1 && results.length === 0)
      throw new ToolOutputError('Ruff says that it found something, and printed nothing.')
    return {
      findings: results.map((each) => toFinding(recordOf(each, 'Ruff'))),
      notices: warningsOf(errors),
      filesChecked: filesChecked(errors),
    }
  },
  rememberedWith: rememberedFirstParty({
    order: ruffOrder,
    setting: 'src',
    nested: ['pyproject.toml', 'ruff.toml', '.ruff.toml'],
  }),
  notices: (project) => shadowedFiles(project, 'Ruff', ruffOrder),
}

function toFinding(result: JsonRecord): RawFinding {
  // Before 0.11 a syntax error had no code.
  const rule = maybeText(result, 'code') ?? 'invalid-syntax'
  const path = textOf(result, 'filename', 'Ruff')
  const help = maybeText(result, 'url')
  const fix = isRecord(result['fix']) && result['fix']['applicability'] === 'safe' ? result['fix'] : undefined
  return {
    rule,
    ...lintMetric(rule),
    message: textOf(result, 'message', 'Ruff'),
    location: { path, ...toRange(result) },
    ...(help !== undefined && { help }),
    ...(fix !== undefined && {
      fix: listOf(fix['edits'], 'Ruff').map((edit) => toEdit(path, recordOf(edit, 'Ruff'))),
    }),
  }
}

/** Rows and columns count from 1, columns in characters, ends are exclusive. */
function toRange(result: JsonRecord): { line: number; column: number; endLine: number; endColumn: number } {
  const start = recordOf(result['location'], 'Ruff')
  const end = isRecord(result['end_location']) ? result['end_location'] : start
  return {
    line: numberOf(start, 'row', 'Ruff'),
    column: numberOf(start, 'column', 'Ruff'),
    endLine: numberOf(end, 'row', 'Ruff'),
    endColumn: numberOf(end, 'column', 'Ruff'),
  }
}

function toEdit(path: string, edit: JsonRecord): Edit {
  return { path, ...toRange(edit), text: textOf(edit, 'content', 'Ruff') }
}
