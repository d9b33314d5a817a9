import type { Notice, Tool, ToolOutput, ToolResult } from '@ci-actions/shared'
import { excerpt, ToolOutputError } from '@ci-actions/shared'
import { findSigns } from './configuration-signs.ts'
import type { SearchOrder } from './effective-configuration.ts'
import { shadowedFiles } from './effective-configuration.ts'
import { rememberedFirstParty } from './first-party.ts'
import { findingsOfDiff } from './formatting-diff.ts'
import { fileArguments, onPythonFiles } from './python-files.ts'
import { isolated, placeOf, readFileLines, scriptOverFiles } from './python-script.ts'
import { syntaxError } from './syntax-error.ts'
import { requireVersion } from './versions.ts'

/**
 * isort says nothing about a file that does not parse or decode, and exits with 0. This looks at the same files,
 * without those that the project's configuration of isort skips.
 */
const readable = scriptOverFiles(`
from pathlib import Path
from isort.settings import Config
config = Config(settings_path=".", filter_files=True)
def skips(path):
    return config.is_skipped(Path(path).resolve())
def measure(path, tree):
    return {}
`)

/** In isort's order of search. */
const order: SearchOrder = [
  { file: '.isort.cfg', tables: [['settings'], ['isort']] },
  { file: 'pyproject.toml', tables: [['tool', 'isort']] },
  { file: 'setup.cfg', tables: [['isort'], ['tool:isort']] },
  { file: 'tox.ini', tables: [['isort'], ['tool:isort']] },
]

/** The project may have another one, with colours. */
const messageFormat = '--format-error={error}: {message}'

/**
 * Exact per file, with one thing beside the file: the names of modules in the folders of sources decide which
 * imports are first-party. `--settings-path` makes the configuration the package's own, where isort by
 * itself takes what stands above the first file that it is given.
 */
export const isort: Tool = {
  id: 'isort',
  name: 'isort',
  homepage: 'https://isort.readthedocs.io',
  scope: 'file',
  kind: 'formatting',
  metrics: ['formatting-issues'],
  install: { kind: 'python', package: 'isort', executable: 'python' },
  fixes: true,
  configuredBy: (project) =>
    findSigns(project, {
      tables: [
        ['pyproject.toml', 'tool', 'isort'],
        ['setup.cfg', 'isort'],
        ['setup.cfg', 'tool:isort'],
        ['tox.ini', 'isort'],
        ['tox.ini', 'tool:isort'],
      ],
      files: ['.isort.cfg'],
      hooks: ['isort'],
    }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'isort', 5, 10)
    return [
      {
        args: [
          ...[...isolated, '-m', 'isort', '--settings-path=.', '--filter-files', messageFormat],
          ...(request.fix ? [] : ['--check-only', '--diff']),
          ...request.args,
        ],
        files: fileArguments(request.files),
        exitCodes: [0, 1],
      },
      ...(request.fix
        ? []
        : [{ args: [...isolated, '-c', readable], files: fileArguments(request.files), exitCodes: [0] }]),
    ]
  },
  parse: (output) => (output.invocation.args.includes(readable) ? parseReadable(output) : parseOrder(output)),
  rememberedWith: rememberedFirstParty({ order, setting: 'src_paths', nested: [] }),
  notices: (project) => shadowedFiles(project, 'isort', order),
}

async function parseReadable({ stdout, stderr }: ToolOutput): Promise<ToolResult> {
  const lines = readFileLines(
    await stdout.text(),
    await stderr.text(),
    'The check that isort can read the files',
  )
  const broken = lines.filter(({ error }) => error !== undefined)
  return {
    findings: broken.map((line) => syntaxError(placeOf(line), line.error ?? '', 'formatting-issues')),
    filesChecked: lines.filter(({ skipped }) => !skipped).length,
  }
}

async function parseOrder({ exitCode, stdout, stderr }: ToolOutput): Promise<ToolResult> {
  const printed = await stderr.text()
  const notices = noticesOf(printed)
  const findings = findingsOfDiff(await stdout.text(), {
    rule: 'isort',
    message: 'isort would sort these imports differently.',
  })
  const files = new Set(findings.map(({ location }) => location?.path))
  const named = printed.match(/^ERROR: .+ Imports are incorrectly sorted and\/or formatted\.\s*$/gm) ?? []
  // It also exits with 1 when it crashes or refuses its configuration.
  const other = printed
    .split('\n')
    .find((line) => line.startsWith('Traceback ') || /^ERROR: (?!.* Imports are )/.test(line))
  if (other !== undefined || (exitCode === 1) !== named.length > 0)
    throw new ToolOutputError(`isort stopped. ${excerpt(printed)}`)
  if (named.length !== files.size)
    throw new ToolOutputError(`isort named ${named.length} files and printed changes of ${files.size}.`)
  return { findings, notices }
}

/** Python warnings on standard error: `…: UserWarning: text`. */
function noticesOf(printed: string): readonly Notice[] {
  return [...printed.matchAll(/^.*?Warning: (.*)$/gm)].flatMap(([, text = '']) => {
    // The file is a finding of the other command.
    if (text.startsWith('Unable to parse file ')) return []
    // Its exit code is 0 all the same, and it has then sorted by its defaults.
    const ignored = text.startsWith('Failed to pull configuration information')
    return [{ level: ignored ? ('failed' as const) : ('notice' as const), message: `isort: ${text.trim()}` }]
  })
}
