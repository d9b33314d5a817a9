import type { Measurement, Notice, Project, RawFinding, Tool } from '@ci-actions/shared'
import { numberOf } from '@ci-actions/shared'
import { findSigns, listSetting } from './configuration-signs.ts'
import type { SearchOrder } from './effective-configuration.ts'
import { effectiveConfiguration, shadowedFiles } from './effective-configuration.ts'
import { fileArguments, onPythonFiles, packagePath, repositoryPath } from './python-files.ts'
import { isolated, placeOf, readFileLines, scriptOverFiles } from './python-script.ts'
import { syntaxError, syntaxErrors } from './syntax-error.ts'

/** In Interrogate's order of search. */
const order: SearchOrder = [
  { file: 'pyproject.toml', tables: [['tool', 'interrogate']] },
  { file: 'setup.cfg', tables: [['tool:interrogate']] },
]

/**
 * Drives Interrogate as a library, one file at a time: its command stops at the first file that does not parse, and
 * the project's `quiet`, `output` or `generate-badge` would take its result away or write into the repository.
 */
const script = scriptOverFiles(`
import os, re
from fnmatch import fnmatch
from interrogate.config import InterrogateConfig
from interrogate.coverage import InterrogateCoverage
given = json.loads(os.environ["INTERROGATE_OPTIONS"])
options = dict(given["flags"])
for name in ("ignore_regex", "include_regex"):
    if given[name]:
        options[name] = [re.compile(each) for each in given[name]]
config = InterrogateConfig(**options)
def skips(path):
    if config.ignore_init_module and os.path.basename(path) == "__init__.py":
        return True
    return any(fnmatch(path, each.rstrip("/") + "*") for each in given["exclude"])
def measure(path, tree):
    result = InterrogateCoverage([path], conf=config).get_coverage()
    return {"total": result.total, "covered": result.covered}
`)

/** Options of Interrogate that change what it counts, by the names of its configuration and of its library. */
const flagNames: Readonly<Record<string, string>> = {
  'ignore-init-method': 'ignore_init_method',
  'ignore-init-module': 'ignore_init_module',
  'ignore-magic': 'ignore_magic',
  'ignore-module': 'ignore_module',
  'ignore-nested-functions': 'ignore_nested_functions',
  'ignore-nested-classes': 'ignore_nested_classes',
  'ignore-overloaded-functions': 'ignore_overloaded_functions',
  'ignore-private': 'ignore_private',
  'ignore-property-decorators': 'ignore_property_decorators',
  'ignore-semiprivate': 'ignore_semiprivate',
  'ignore-setters': 'ignore_property_setters',
  style: 'docstring_style',
}

/** Exact per file: only the file's own syntax tree is looked at. Nothing else belongs into the key. */
export const docstrings: Tool = {
  id: 'docstrings',
  name: 'Interrogate',
  homepage: 'https://interrogate.readthedocs.io',
  scope: 'file',
  kind: 'documentation',
  metrics: ['docstring-coverage', syntaxErrors],
  install: { kind: 'python', package: 'interrogate', executable: 'python' },
  configuredBy: (project) =>
    findSigns(project, {
      tables: [
        ['pyproject.toml', 'tool', 'interrogate'],
        ['setup.cfg', 'tool:interrogate'],
      ],
      hooks: ['interrogate'],
    }),
  applies: onPythonFiles,
  invocations: (request) => [
    {
      args: [...isolated, '-c', script, ...request.args],
      files: fileArguments(request.files),
      env: { INTERROGATE_OPTIONS: JSON.stringify(readOptions(request.project)) },
      exitCodes: [0],
    },
  ],
  async parse({ stdout, stderr, request }) {
    const findings: RawFinding[] = []
    const measurements: Measurement[] = []
    for (const line of readFileLines(await stdout.text(), await stderr.text(), 'Interrogate')) {
      if (line.skipped) continue
      if (line.error !== undefined) {
        findings.push(syntaxError(placeOf(line), line.error, syntaxErrors))
        continue
      }
      const value = numberOf(line.data, 'covered', 'Interrogate')
      const of = numberOf(line.data, 'total', 'Interrogate')
      if (of > 0)
        measurements.push({
          metric: 'docstring-coverage',
          path: repositoryPath(packagePath(line.file, request.project), request.project),
          value,
          of,
        })
    }
    return { findings, measurements }
  },
  notices: (project) => [...shadowedFiles(project, 'Interrogate', order), ...unusedSettings(project)],
}

/** Interrogate knows these; they decide what its command prints and where, which is ours here. */
const printing = [
  ...['badge-format', 'badge-style', 'color', 'ext', 'generate-badge', 'omit-covered-files', 'output'],
  ...['quiet', 'verbose'],
]

/** Interrogate itself passes over what it does not know without a word. */
function unusedSettings(project: Project): readonly Notice[] {
  const found = effectiveConfiguration(project, order)
  const names = Object.keys(found?.table ?? {}).map((name) => name.replaceAll('_', '-'))
  const known = new Set([
    ...Object.keys(flagNames),
    ...printing,
    'ignore-regex',
    'whitelist-regex',
    'exclude',
    'fail-under',
  ])
  return names.flatMap((name): readonly Notice[] => {
    const where = `${found?.file.path}: \`${name}\` of Interrogate has no effect`
    if (name === 'fail-under')
      return [
        { level: 'notice', message: `${where} here: write a rule such as \`docstring-coverage >= 80%\`.` },
      ]
    if (known.has(name)) return []
    return [{ level: 'warning', message: `${where}, because Interrogate does not know it.` }]
  })
}

interface InterrogateOptions {
  readonly flags: Readonly<Record<string, unknown>>
  readonly ignore_regex: readonly string[]
  readonly include_regex: readonly string[]
  readonly exclude: readonly string[]
}

function readOptions(project: Project): InterrogateOptions {
  const table = effectiveConfiguration(project, order)?.table ?? {}
  const given = (name: string): unknown => table[name] ?? table[name.replaceAll('-', '_')]
  const flags = Object.entries(flagNames).flatMap(([name, field]) => {
    const value = given(name)
    return value === undefined ? [] : [[field, asFlag(value)] as const]
  })
  return {
    flags: Object.fromEntries(flags),
    ignore_regex: listSetting(given('ignore-regex')).map(unquote),
    include_regex: listSetting(given('whitelist-regex')).map(unquote),
    exclude: listSetting(given('exclude')).map(unquote),
  }
}

/** INI files have text where TOML has booleans. */
function asFlag(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value
}

/** In setup.cfg Interrogate takes `["a", "b"]` as well as `a, b`. */
function unquote(text: string): string {
  return text
    .replace(/^\[/, '')
    .replace(/\]$/, '')
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
}
