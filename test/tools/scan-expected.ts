/** What the cases of scanners come to; see expected.ts. Written by hand from what is planted in scan-cases.ts. */
import { expect } from 'vitest'
import type { Summary } from './summary.ts'

const allOfWorkflow = (path: string) => [
  `findings artipacked ${path}:6`,
  `findings dangerous-triggers ${path}:1`,
  `findings excessive-permissions ${path}:3`,
  `findings template-injection ${path}:7`,
  `findings unpinned-uses ${path}:6`,
]

const onWeakCode = [
  'findings code-from-text app/weak.py:15',
  'findings shell-with-variable app/weak.py:14',
  'findings sql-from-text app/weak.py:9',
  'findings unsafe-deserialization app/weak.py:19',
]

export const scanExpected: Readonly<Record<string, Readonly<Record<string, Partial<Summary>>>>> = {
  bandit: {
    clean: { status: 'clean', filesChecked: 1 },
    findings: {
      findings: [
        'findings B301 app/weak.py:19',
        'findings B324 app/weak.py:10',
        'findings B403 app/weak.py:2',
        'findings B404 app/weak.py:3',
        'findings B602 app/weak.py:14',
        'findings B608 app/weak.py:9',
        'secrets B105 app/weak.py:5',
        'secrets B106 app/weak.py:25',
        'secrets B107 app/weak.py:18',
      ],
    },
    'syntax-error': { status: 'failed', messages: [expect.stringContaining('app/broken.py')] },
    'latin-1': { status: 'failed', messages: [expect.stringContaining('app/latin.py')] },
    configured: { status: 'clean', filesChecked: 1 },
    'configured-ini': { status: 'clean', filesChecked: 1 },
    'config-unknown-test': { status: 'clean', messages: [expect.stringContaining('B999')] },
    // That it has no effect is said without it, see bandit.test.ts.
    'config-broken': { status: 'clean', messages: [] },
    // The core fails a tool that looked at none of its files.
    'everything-excluded': { filesChecked: 0 },
  },
  semgrep: {
    clean: { status: 'clean', filesChecked: 1 },
    findings: { findings: onWeakCode, filesChecked: 2 },
    'syntax-error': { status: 'failed', messages: [expect.stringContaining('app/broken.py:2')] },
    'own-rules': { findings: ['findings no-md5 app/weak.py:10'] },
    'rules-broken': { status: 'failed', filesChecked: 0 },
    'rules-missing': {
      status: 'failed',
      messages: expect.arrayContaining([expect.stringContaining('nowhere.yaml')]),
    },
    'ignored-ignore-file': { findings: onWeakCode },
  },
  'detect-secrets': {
    // What is not UTF-8 it takes for binary.
    'latin-1': { status: 'clean' },
    findings: {
      findings: ['secrets AWS Access Key app/settings.py:2', 'secrets Secret Keyword app/settings.py:1'],
    },
    audited: {
      findings: ['secrets Secret Keyword app/settings.py:2'],
      messages: [expect.stringContaining('.secrets.baseline')],
    },
    'audited-tokens': {
      findings: ['secrets GitHub Token app/tokens.py:2', 'secrets Private Key app/both.pem:2'],
      messages: [expect.stringContaining('2 findings left out')],
    },
  },
  zizmor: {
    clean: { status: 'clean', filesChecked: 1 },
    findings: { findings: allOfWorkflow('.github/workflows/ci.yml') },
    'syntax-error': { status: 'failed', messages: [expect.stringContaining('.github/workflows/broken.yml')] },
    'nothing-parses': { status: 'failed', filesChecked: 0 },
    configured: { findings: ['findings template-injection .github/workflows/ci.yml:7'] },
  },
  hadolint: {
    findings: {
      findings: [
        'findings DL3002 worker.Dockerfile:2',
        'findings DL3007 worker.Dockerfile:1',
        'findings DL3066 worker.Dockerfile:2',
      ],
    },
    'syntax-error': { status: 'failed', messages: [expect.stringContaining('api/Dockerfile:2')] },
    configured: { status: 'clean' },
    'config-broken': { status: 'clean', messages: [expect.stringContaining('.hadolint.yaml')] },
  },
  'pip-audit': {
    findings: { findings: ['findings PYSEC-2026-9001 requirements.txt:3'] },
    hashed: { findings: ['findings PYSEC-2026-9001 requirements.txt:1'] },
    // Of two versions in the lock file the older one has it.
    locked: { findings: [expect.stringMatching(/^findings PYSEC-2026-9001 uv\.lock:\d+$/)] },
    skipped: { status: 'clean', messages: [expect.stringContaining('elsewhere')] },
    'all-skipped': { status: 'failed', messages: [expect.stringContaining('elsewhere')] },
    conflict: { status: 'failed', messages: [expect.stringContaining('duplicate requirements')] },
    unavailable: { status: 'failed', messages: [expect.stringContaining('Connection refused')] },
  },
  'dependency-conflicts': {
    clean: { status: 'clean', messages: [] },
    findings: {
      findings: ['dependencies conflicts requirements.txt:1', 'dependencies conflicts requirements.txt:3'],
      messages: [],
    },
    'nothing-installed': { status: 'failed', messages: [expect.stringContaining('no package')] },
    'broken-package': { status: 'clean', messages: [expect.stringContaining('`invented-parser` is broken')] },
  },
  'outdated-dependencies': {
    clean: { status: 'clean', messages: [] },
    findings: { findings: ['dependencies outdated requirements.txt:3'], messages: [] },
    'unknown-to-index': { status: 'clean', messages: [expect.stringContaining('only-ours')] },
    'wrong-index': { status: 'failed', messages: [expect.stringContaining('knows none')] },
    'nothing-installed': { status: 'failed', messages: [expect.stringContaining('no package')] },
    'index-stopped': { status: 'failed', messages: [expect.stringContaining('the package index')] },
  },
}
