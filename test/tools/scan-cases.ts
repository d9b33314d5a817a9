/** Small planted projects for the scanners of the security scan; see cases.ts. */
import { hash } from 'node:crypto'
import type { ToolCase } from './cases.ts'
import { conflictCases, outdatedCases } from './environment-cases.ts'
import { pipAuditCases } from './pip-audit-cases.ts'

const clean = { 'app/clean.py': 'def add(a: int, b: int) -> int:\n    return a + b\n' }

const weak = {
  ...clean,
  'app/weak.py': `import hashlib
import pickle
import subprocess

PASSWORD = "correct-horse-battery"


def find(cursor, name):
    cursor.execute(f"SELECT * FROM users WHERE name = '{name}'")
    return hashlib.md5(name.encode()).hexdigest()


def run(command):
    subprocess.call(command, shell=True)
    return eval(command)  # nosec


def load(data, password="hunter2-default"):
    return pickle.loads(
        data
    )


def connect(driver):
    return driver.connect(password="s3cr3t'quoted\\"")
`,
}

const broken = { ...clean, 'app/broken.py': 'import hashlib\ndef (:\n    hashlib.md5(x)\n' }
const odd = {
  "app/it's odd.py": 'import hashlib\nhashlib.md5(b"x")\n',
  '-option.py': 'import hashlib\nhashlib.md5(b"x")\n',
  '@file.py': 'import hashlib\nhashlib.md5(b"x")\n',
}
const excluded = {
  ...clean,
  'skipped/wrong.py': 'import hashlib\nhashlib.md5(b"x")\n',
}

const workflow = `on: pull_request_target
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo "\${{ github.event.pull_request.title }}"
`
const safeWorkflow = `on: push
permissions: {}
jobs:
  check:
    name: Check
    runs-on: ubuntu-latest
    steps:
      - run: "true"
`

const safeImage = 'FROM python:3.12-slim\nUSER 1000\nCMD ["python", "app.py"]\n'

/** Made up; in two pieces, so that this file does not look like it holds one. */
const key = ['AKIA', 'QX3JZ7P5LM2NV4KT'].join('')
const password = 'correct-horse-battery'
const tokens = ['a8Kd02jfLq39sKfmXz71PwQe5VbNtR6uYcH4', 'Qm7Rz0KpVw31nXcJt82LdYs6HbFgUe5iAoT9'].map((text) =>
  ['ghp', text].join('_'),
)
const privateKeyLine = ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')

/** A decision of `detect-secrets audit` that what stands on line 1 is no secret. */
function audited(type: string, digested: string): Readonly<Record<string, unknown>> {
  return { type, hashed_secret: hash('sha1', digested), is_verified: false, line_number: 1, is_secret: false }
}

function config(name: string, file: string, text: string, files: ToolCase['files']): ToolCase {
  return { name, files: { ...files, [file]: text } }
}

const usage = (files: ToolCase['files']): ToolCase => ({
  name: 'usage-error',
  files,
  args: ['--no-such-option'],
})

export const scanCases: Readonly<Record<string, readonly ToolCase[]>> = {
  bandit: [
    { name: 'clean', files: clean },
    { name: 'findings', files: weak },
    { name: 'syntax-error', files: broken },
    { name: 'latin-1', files: { ...clean, 'app/latin.py': 'x = "\u00e9"\n' }, latin1: ['app/latin.py'] },
    { name: 'odd-names', files: odd },
    usage(clean),
    config('configured', 'pyproject.toml', '[tool.bandit]\nexclude_dirs = ["skipped"]\n', excluded),
    config('configured-ini', '.bandit', '[bandit]\nexclude = /skipped\n', excluded),
    config('config-unknown-test', 'pyproject.toml', '[tool.bandit]\nskips = ["B999"]\n', clean),
    config('config-broken', '.bandit', 'skips: [B101]\n', clean),
    config('everything-excluded', 'pyproject.toml', '[tool.bandit]\nexclude_dirs = ["app"]\n', clean),
  ],
  semgrep: [
    { name: 'clean', files: clean },
    { name: 'findings', files: weak },
    { name: 'syntax-error', files: broken },
    {
      name: 'odd-names',
      files: { ...odd, '-option.py': 'eval(x)\n', '@file.py': 'eval(x)\n', "app/it's odd.py": 'eval(x)\n' },
    },
    usage(clean),
    {
      name: 'own-rules',
      files: {
        ...weak,
        'rules/md5.yaml':
          'rules:\n- id: no-md5\n  languages: [python]\n  severity: WARNING\n  message: MD5 is broken.\n  pattern: hashlib.md5(...)\n',
      },
      settings: { 'semgrep-rules': 'rules/' },
    },
    {
      name: 'rules-broken',
      files: { ...clean, 'rules.yaml': 'rules:\n- id: x\n' },
      settings: { 'semgrep-rules': 'rules.yaml' },
    },
    {
      name: 'rules-missing',
      files: clean,
      settings: { 'semgrep-rules': 'nowhere.yaml' },
    },
    config('ignored-ignore-file', '.semgrepignore', 'app/\n', weak),
  ],
  'detect-secrets': [
    { name: 'clean', files: clean },
    {
      name: 'findings',
      files: { ...clean, 'app/settings.py': `password = "${password}"\nkey = "${key}"\n` },
    },
    {
      name: 'latin-1',
      files: { 'app/latin.py': 'password = "p\u00e4ssw\u00f6rt-lang"\n' },
      latin1: ['app/latin.py'],
    },
    {
      name: 'odd-names',
      files: { "it's odd.py": `password = "${password}"\n`, '-option.py': `password = "${password}"\n` },
    },
    usage(clean),
    {
      name: 'audited',
      files: {
        'app/settings.py': `password = "${password}"\nother_password = "another-horse-battery"\n`,
        '.secrets.baseline': `{"version":"1.5.0","plugins_used":[],"filters_used":[],"results":{"app/settings.py":[{"type":"Secret Keyword","filename":"app/settings.py","hashed_secret":"f97979ff44a9a1a4105f4bae6fe809715e0a0a84","is_verified":false,"line_number":1,"is_secret":false}]}}\n`,
      },
    },
    {
      // Of two tokens and two keys one is decided on, by the digests of detect-secrets' own detectors.
      name: 'audited-tokens',
      files: {
        'app/tokens.py': `load("${tokens[0]}")\nload("${tokens[1]}")\n`,
        'app/both.pem': `${privateKeyLine}\n${privateKeyLine}\n`,
        '.secrets.baseline': JSON.stringify({
          version: '1.5.0',
          results: {
            'app/tokens.py': [audited('GitHub Token', 'ghp')],
            'app/both.pem': [audited('Private Key', 'BEGIN RSA PRIVATE KEY')],
          },
        }),
      },
    },
  ],
  zizmor: [
    { name: 'clean', files: { '.github/workflows/ci.yml': safeWorkflow } },
    { name: 'findings', files: { '.github/workflows/ci.yml': workflow } },
    {
      name: 'syntax-error',
      files: {
        '.github/workflows/ci.yml': safeWorkflow,
        '.github/workflows/broken.yml': 'on: push\njobs: [\n',
      },
    },
    { name: 'nothing-parses', files: { '.github/workflows/broken.yml': 'on: push\njobs: [\n' } },
    { name: 'odd-names', files: { ".github/workflows/it's odd.yml": workflow } },
    usage({ '.github/workflows/ci.yml': safeWorkflow }),
    config(
      'configured',
      'zizmor.yml',
      'rules:\n  artipacked:\n    disable: true\n  excessive-permissions:\n    disable: true\n  dangerous-triggers:\n    disable: true\n  unpinned-uses:\n    disable: true\n',
      { '.github/workflows/ci.yml': workflow },
    ),
  ],
  hadolint: [
    { name: 'clean', files: { Dockerfile: safeImage } },
    {
      name: 'findings',
      files: {
        Dockerfile: safeImage,
        'worker.Dockerfile': 'FROM python:latest\nUSER root\nCMD ["python"]\n',
      },
    },
    {
      name: 'syntax-error',
      files: { Dockerfile: safeImage, 'api/Dockerfile': 'FROM python:3.12\nRUNN x\n' },
    },
    {
      name: 'odd-names',
      files: {
        "it's odd/Dockerfile": 'FROM python:latest\nUSER 1000\n',
        '-option.Dockerfile': 'FROM python:latest\nUSER 1000\n',
      },
    },
    usage({ Dockerfile: safeImage }),
    config('configured', '.hadolint.yaml', 'ignored: [DL3007]\n', {
      Dockerfile: 'FROM python:latest\nUSER 1000\n',
    }),
    config('config-broken', '.hadolint.yaml', 'ignored: [DL3007\n', { Dockerfile: safeImage }),
  ],
  'pip-audit': pipAuditCases,
  'dependency-conflicts': conflictCases,
  'outdated-dependencies': outdatedCases,
  // Its service needs an account, so nothing of it is recorded: safety-report.test.ts has what is written by hand.
  safety: [],
}
