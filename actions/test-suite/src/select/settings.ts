/** What the configuration of pytest says that matters for a selection. Pure. */
import { nameOf } from './changed-file.ts'

const settingsNames = new Set([
  'pyproject.toml',
  'pytest.toml',
  '.pytest.toml',
  'pytest.ini',
  '.pytest.ini',
  'tox.ini',
  'setup.cfg',
  'setup.py',
])

export function isSettingsFile(path: string): boolean {
  return settingsNames.has(nameOf(path))
}

export interface PytestSettings {
  /** Plugins that every test runs with, by the names of their modules. */
  readonly plugins: readonly string[]
  /** Why no test may be left out. */
  readonly obstacles: readonly string[]
}

const obstacles: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\bpython_files\b/, 'sets `python_files`, so other files may hold tests'],
  [/\bdoctest-(modules|glob|continue)/, 'collects doctests, so every file may hold tests'],
  [/\bpytest11\b/, 'makes a plugin of pytest, which every test runs with'],
  [/\bDJANGO_SETTINGS_MODULE\b/, 'configures Django, which loads applications by name'],
]

/** `texts` by path; options of the environment and of the command line may be among them. */
export function readSettings(texts: Iterable<readonly [path: string, text: string]>): PytestSettings {
  const read = [...texts]
  return {
    plugins: read.flatMap(([, text]) => pluginsIn(text)),
    obstacles: read.flatMap(([path, text]) =>
      obstacles.flatMap(([pattern, why]) => (pattern.test(text) ? `\`${path}\` ${why}` : [])),
    ),
  }
}

/** `-p name`, with or without a space, between quotes or not; `-p no:name` takes a plugin away. */
function pluginsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w-])-p(?:\s+|['"]\s*,\s*['"])?(?!no:)([A-Za-z_][\w.]*)/g)
  return [...found].map(([, name = '']) => name)
}
