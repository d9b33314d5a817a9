import type { Project, RawFinding, Tool, ToolOutput, ToolResult } from '@ci-actions/shared'
import { excerpt, ToolOutputError } from '@ci-actions/shared'
import { findSigns } from './configuration-signs.ts'
import {
  configurationNotices,
  excludedPaths,
  flake8Settings,
  localPluginFiles,
} from './flake8-configuration.ts'
import { askInstallation, compareInstallation } from './flake8-installation.ts'
import { lintMetric } from './lint-codes.ts'
import { fileArguments, onPythonFiles } from './python-files.ts'
import { isolated } from './python-script.ts'
import { requireVersion } from './versions.ts'

/** Begins each finding, so that lines of `statistics`, `count` and plugins' own printing are told apart. */
const mark = '::ci-actions::'

/**
 * Exact per file: Flake8 gives each plugin one file at a time. Plugins and their versions belong into the key, and
 * are there with the digest of the environment; the sources of plugins that stand in the project are added here. A
 * plugin that reads other files would be inexact; none that is known does.
 */
export const flake8: Tool = {
  id: 'flake8',
  name: 'Flake8',
  homepage: 'https://flake8.pycqa.org',
  scope: 'file',
  kind: 'lint',
  metrics: ['lint-errors', 'lint-warnings'],
  install: {
    kind: 'python',
    package: 'flake8',
    executable: 'python',
    plugins: [
      'flake8-*',
      'pep8-naming',
      'wemake-python-styleguide',
      'darglint',
      'dlint',
      'tryceratops',
      'hacking',
    ],
  },
  parallel: true,
  configuredBy: (project) =>
    findSigns(project, {
      tables: [
        ['setup.cfg', 'flake8'],
        ['tox.ini', 'flake8'],
        ['.flake8', 'flake8'],
        ['pyproject.toml', 'tool', 'flake8'],
      ],
      hooks: ['flake8'],
    }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'Flake8', 5)
    const settings = flake8Settings(request.project)
    return [
      {
        args: [
          ...[...isolated, '-m', 'flake8'],
          `--format=${mark}%(row)d:%(col)d:%(code)s:%(path)s${mark}%(text)s`,
          '--no-show-source',
          '--output-file=',
          '--color=never',
          '--count',
          '--benchmark',
          `--jobs=${request.cores}`,
          // The option replaces the setting.
          `--extend-exclude=${excludedPaths(request.project).join(',')}`,
          ...request.args,
        ],
        files: fileArguments(request.files),
        exitCodes: [0, 1],
      },
      ...(settings === undefined ? [] : [{ args: [...isolated, '-c', askInstallation], exitCodes: [0] }]),
    ]
  },
  parse: (output) =>
    output.invocation.args.includes(askInstallation) ? parseInstallation(output) : parseFindings(output),
  rememberedWith: (_, project) => localPluginFiles(project).map((file) => `file:${file}`),
  notices: configurationNotices,
}

async function parseInstallation(output: ToolOutput): Promise<ToolResult> {
  const settings = flake8Settings(output.request.project)
  return { findings: [], notices: settings === undefined ? [] : await compareInstallation(output, settings) }
}

async function parseFindings({ exitCode, stdout, stderr, request }: ToolOutput): Promise<ToolResult> {
  const printed = await stdout.text()
  const findings = printed.split('\n').flatMap((line) => readLine(line) ?? [])
  const errors = await stderr.text()
  // 1 also means that it crashed, refused its configuration or misses a plugin.
  if ((exitCode === 1 && findings.length === 0) || /^Traceback /m.test(errors))
    throw new ToolOutputError(stopped(printed, errors, request.project))
  const counted = /^(\d+)\r?$/m.exec(printed)?.[1]
  if (Number(counted) !== findings.length)
    throw new ToolOutputError(
      `Flake8 counts ${counted ?? 'nothing'} and printed ${findings.length} findings.`,
    )
  const files = /^(\d+) +total files processed\r?$/m.exec(printed)?.[1]
  return { findings, filesChecked: files === undefined ? undefined : Number(files) }
}

function stopped(printed: string, errors: string, project: Project): string {
  const settings = flake8Settings(project)
  if (settings?.names.includes('quiet'))
    return `Flake8 prints no findings with \`quiet\` in ${settings.path}; remove it there and use \`--quiet\` by hand.`
  const missing = /- missing: (.*)/.exec(printed + errors)?.[1]
  if (missing === undefined) return `Flake8 stopped. ${excerpt(errors || printed)}`
  return `Flake8 does not have ${missing}, which the configuration requires. Pin it in the project's development dependencies or in \`additional_dependencies\` of the hook.`
}

function readLine(line: string): RawFinding | undefined {
  const at = line.indexOf(mark)
  if (at !== 0) return undefined
  const match = /^(\d+):(\d+):([A-Z]+\d*):(.*)$/.exec(
    line.slice(mark.length, line.indexOf(mark, mark.length)),
  )
  if (match === null || line.indexOf(mark, mark.length) < 0)
    throw new ToolOutputError(`Flake8 printed half a line: ${line.slice(0, 200)}`)
  const [, row, column, code = '', path = ''] = match
  return {
    rule: code,
    ...lintMetric(code),
    message: line.slice(line.indexOf(mark, mark.length) + mark.length).replace(/\r$/, ''),
    location: {
      path,
      ...(Number(row) > 0 && { line: Number(row) }),
      ...(Number(row) > 0 && Number(column) > 0 && { column: Number(column) }),
      // pycodestyle counts characters; Pyflakes and most plugins pass on the bytes that Python's `ast` counts.
      columnUnit: /^[EW]\d/.test(code) ? 'codepoint' : 'utf8',
    },
  }
}
