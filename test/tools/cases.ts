/** Small planted projects, on which the real tools are run: to record what they print, and in the test of real runs. */

import type { ToolSettings } from '../../packages/shared/src/tool/tool.ts'
import { binaryCases } from './binary-cases.ts'
import type { BrokenRegistry } from './broken-registry.ts'
import { broken, clean, defects, duplicates, latin1, namingCheck, odd, unicode } from './planted-files.ts'
import { scanCases } from './scan-cases.ts'

export interface ToolCase {
  /** Name of the recording. */
  readonly name: string
  /** Contents by path in the repository. */
  readonly files: Readonly<Record<string, string>>
  /** Paths that are written in Latin-1, without saying so. */
  readonly latin1?: readonly string[] | undefined
  /** Python files that are not in scope. */
  readonly outOfScope?: readonly string[] | undefined
  /** Folder of the package in the repository, to which all paths of `files` belong; default its top. */
  readonly folder?: string | undefined
  /** Extra arguments of the user. */
  readonly args?: readonly string[] | undefined
  readonly settings?: ToolSettings | undefined
  /** A service that it asks: one of invented advisories, or one that is not reached. */
  readonly service?: 'advisories' | 'stopped' | undefined
  /** The same, in the place of the npm registry; or what else an address may lead to. */
  readonly registry?: 'advisories' | 'stopped' | BrokenRegistry | undefined
  /** Whether there are local databases of invented advisories: one that `osv-database` names, and that of Trivy. */
  readonly database?: boolean | undefined
  /** Commits that were made before `files` were written: what each writes, and takes away. */
  readonly history?: readonly Readonly<Record<string, string | undefined>>[] | undefined
  /** What the project's environment holds; without it there is none. */
  readonly installed?: readonly Installed[] | undefined
  /** A package index that is asked, or one that is not reached. */
  readonly index?: 'packages' | 'stopped' | undefined
  /** Files that are there, and that the project does not know of. */
  readonly untracked?: Readonly<Record<string, string>> | undefined
}

export interface Installed {
  readonly name: string
  readonly version: string
  /** Requirements. */
  readonly needs?: readonly string[] | undefined
  /** Whether part of what an installer writes is missing. */
  readonly broken?: boolean | undefined
}

const common: readonly ToolCase[] = [
  { name: 'clean', files: clean },
  { name: 'findings', files: defects },
  { name: 'syntax-error', files: broken },
  { name: 'latin-1', files: latin1, latin1: ['app/latin.py'] },
  { name: 'empty', files: { 'app/empty.py': '' } },
  { name: 'odd-names', files: odd },
  { name: 'usage-error', files: clean, args: ['--no-such-option'] },
]

function config(
  name: string,
  file: string,
  text: string,
  files: Readonly<Record<string, string>> = clean,
): ToolCase {
  return { name, files: { ...files, [file]: text } }
}

/** `skipped/` is excluded by the project's own configuration, and everything in it is wrong. */
function excluded(file: string, text: string): ToolCase {
  return config('excluded', file, text, {
    ...clean,
    'skipped/wrong.py': 'import sys, os\nx = {  "a":undefined_name }\n',
    'skipped/broken.py': 'def (:\n',
  })
}

const localPlugin = `[flake8]
select = E,F,X1
[flake8:local-plugins]
extension =
    X1 = naming:Naming
paths = ./checks
`
const own: Readonly<Record<string, readonly ToolCase[]>> = {
  black: [
    excluded(
      'pyproject.toml',
      "[tool.black]\nextend-exclude = '''\n(\n  /skipped/  # wrong on purpose\n)\n'''\n",
    ),
    config('config-warning', 'pyproject.toml', '[tool.black]\nline-length = 100\nno-such-key = 1\n'),
    config('config-broken', 'pyproject.toml', '[tool.black\n'),
    {
      name: 'included',
      files: {
        ...clean,
        'pyproject.toml': "[tool.black]\ninclude = '^/app/'\n",
        'other/wrong.py': 'x = {  "a":1 }\n',
      },
    },
  ],
  isort: [
    excluded('pyproject.toml', '[tool.isort]\nextend_skip = ["skipped"]\n'),
    config('config-unknown-key', 'pyproject.toml', '[tool.isort]\nno_such_key = 1\n'),
    config('config-broken', 'pyproject.toml', '[tool.isort\n'),
    config('no-line-end', 'app/last.py', 'import sys\nimport os'),
  ],
  ruff: [
    excluded('pyproject.toml', '[tool.ruff]\nextend-exclude = ["skipped"]\n'),
    config('config-warning', 'pyproject.toml', '[tool.ruff]\nselect = ["E", "F"]\n'),
    config('config-unknown-key', 'pyproject.toml', '[tool.ruff]\nno-such-key = 1\n'),
    { name: 'wide-characters', files: unicode },
  ],
  'ruff-format': [
    excluded('pyproject.toml', '[tool.ruff]\nextend-exclude = ["skipped"]\n'),
    config('config-warning', 'pyproject.toml', '[tool.ruff]\nselect = ["E", "F"]\n'),
    config('config-unknown-key', 'pyproject.toml', '[tool.ruff]\nno-such-key = 1\n'),
  ],
  flake8: [
    excluded('.flake8', '[flake8]\nexclude = skipped\n'),
    config(
      'statistics',
      '.flake8',
      '[flake8]\nstatistics = True\ncount = True\nshow-source = True\nbenchmark = True\n',
      defects,
    ),
    config('quiet', '.flake8', '[flake8]\nquiet = 1\noutput-file = found.txt\n', defects),
    config('config-broken', '.flake8', '[flake8]\nextend-ignore = E203 # why\n'),
    config('plugin-missing', '.flake8', '[flake8]\nselect = B,E,F\n'),
    config('plugin-required', '.flake8', '[flake8]\nrequire-plugins = flake8-nowhere\n'),
    config('config-unknown-key', 'setup.cfg', '[flake8]\nmax-line-lenght = 100\nmax_complexity = 10\n'),
    config('plugin-local', '.flake8', localPlugin, {
      ...clean,
      'checks/naming.py': namingCheck,
      'app/wrong.py': 'odd_name = 1\n',
    }),
    config('everything-excluded', '.flake8', '[flake8]\nexclude = app\n'),
    config('table-ignored', 'pyproject.toml', '[tool.flake8]\nmax-line-length = 100\n'),
    { name: 'wide-characters', files: unicode },
  ],
  pylint: [
    config('comment-unknown', 'app/comment.py', '"""Doc."""\nX = 1  # pylint: disable=no-such-message\n'),
    {
      name: 'configuration-above',
      folder: 'services/api',
      files: {
        '.pylintrc': '[MAIN]\ndisable=unused-import\n',
        'services/api/app.py': '"""Doc."""\nimport os\n',
      },
    },
    excluded('pyproject.toml', '[tool.pylint.main]\nignore = ["skipped"]\n'),
    config(
      'config-warning',
      'pyproject.toml',
      '[tool.pylint.main]\nno-such-key = 1\n[tool.pylint."messages control"]\ndisable = ["no-such-message"]\n',
    ),
    config('config-broken', 'pyproject.toml', '[tool.pylint\n'),
    config('plugin-missing', 'pyproject.toml', '[tool.pylint.main]\nload-plugins = ["no_such_plugin"]\n'),
    config(
      'crash',
      'pyproject.toml',
      '[tool.pylint.main]\ninit-hook = "import sys; sys.path.append(\'.\')"\nload-plugins = ["crashing"]\n',
      {
        ...clean,
        'crashing.py':
          'from pylint.checkers import BaseChecker\n\n\nclass Crashing(BaseChecker):\n    name = "crashing"\n    msgs = {"W9999": ("x", "crashing-x", "x")}\n\n    def visit_module(self, node):\n        raise RuntimeError("planted")\n\n\ndef register(linter):\n    linter.register_checker(Crashing(linter))\n',
      },
    ),
    { name: 'wide-characters', files: unicode },
  ],
  mypy: [
    config('config-warning', 'mypy.ini', '[mypy]\npython_version = 3.9\nno_such_key = 1\n'),
    config('config-broken', 'pyproject.toml', '[tool.mypy\n'),
    { name: 'duplicate-module', files: { 'one/conf.py': 'X = 1\n', 'two/conf.py': 'X = 2\n' } },
    { name: 'out-of-scope', files: defects, outOfScope: ['app/defects.py'] },
    {
      name: 'notes',
      files: {
        'app/notes.py': 'def f(a: int, *, b: int) -> int:\n    return a + b\n\n\nreveal_type(f)\nf(1, c=2)\n',
      },
    },
  ],
  pyright: [
    { name: 'wide-characters', files: unicode },
    config('config-warning', 'pyrightconfig.json', '{ "noSuchKey": 1 }\n'),
    config(
      'config-wrong-value',
      'pyrightconfig.json',
      '{ "typeCheckingMode": "hard", "reportMissingImports": 5 }\n',
    ),
    config('config-broken', 'pyrightconfig.json', '{ "include": [\n'),
    { name: 'out-of-scope', files: defects, outOfScope: ['app/defects.py'] },
  ],
  duplication: [
    { name: 'duplicates', files: duplicates },
    { name: 'out-of-scope', files: duplicates, outOfScope: ['app/second.py'] },
    config('config-broken', '.jscpd.json', '{ "threshold": 1, // why\n}\n'),
    config('threshold', '.jscpd.json', '{ "threshold": 1 }\n', duplicates),
  ],
  docstrings: [
    excluded(
      'pyproject.toml',
      '[tool.interrogate]\nexclude = ["skipped"]\nignore-module = true\nquiet = true\ngenerate-badge = "."\n',
    ),
  ],
  'type-coverage': [
    {
      name: 'signatures',
      files: {
        'app/signatures.py': `class Base:
    def __init__(self, a: int):
        pass

    def method(self, a) -> None:
        pass

    @staticmethod
    def static(a: int) -> None:
        def inner(b):
            pass

    if True:
        @classmethod
        def conditional(cls, *args: int, key: str = "", **kwargs: int) -> None:
            pass


async def wait(a: int, /, b: int) -> None:
    pass


def bare():
    pass
`,
      },
    },
  ],
  'cognitive-complexity': [
    {
      name: 'methods',
      files: {
        'app/with space.py':
          'class K:\n    def run(self, a):\n        if a:\n            return a\n        return None\n',
      },
    },
  ],
}

/** All cases of a tool, by its id. */
export function casesOf(tool: string): readonly ToolCase[] {
  return scanCases[tool] ?? binaryCases[tool] ?? [...common, ...(own[tool] ?? [])]
}
