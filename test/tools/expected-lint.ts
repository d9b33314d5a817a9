import { expect } from 'vitest'
import type { Summary } from './summary.ts'

/** What the cases of the linters come to. */
export const lint: Readonly<Record<string, Readonly<Record<string, Partial<Summary>>>>> = {
  ruff: {
    findings: {
      findings: [
        'lint-errors F401 app/defects.py:1',
        'lint-errors F821 app/defects.py:5',
        'lint-errors F841 app/defects.py:5',
        'lint-warnings I001 app/defects.py:1',
      ],
    },
    'syntax-error': {
      findings: ['lint-errors invalid-syntax app/broken.py:1', 'lint-errors invalid-syntax app/broken.py:1'],
    },
    'latin-1': { findings: ['lint-errors E902 app/latin.py:1'] },
    excluded: { status: 'clean' },
    'config-warning': {
      status: 'clean',
      messages: [expect.stringMatching(/deprecated.*'select' -> 'lint\.select'/)],
    },
    'config-unknown-key': { status: 'failed' },
  },
  flake8: {
    findings: { findings: flake8Findings() },
    statistics: { findings: flake8Findings() },
    'syntax-error': { findings: ['lint-errors E999 app/broken.py:1'] },
    // Flake8 falls back to Latin-1; the tools that measure report the file.
    'latin-1': { status: 'clean' },
    excluded: { status: 'clean' },
    'config-broken': { status: 'failed', messages: [expect.stringContaining('extend-ignore')] },
    'plugin-missing': { status: 'failed', messages: [expect.stringContaining('flake8-bugbear')] },
    'plugin-required': {
      status: 'failed',
      messages: [expect.stringContaining('flake8-nowhere'), expect.anything()],
    },
    'config-unknown-key': { status: 'clean', messages: [expect.stringContaining('`max-line-lenght`')] },
    'plugin-local': { status: 'findings', findings: ['lint-warnings X100 app/wrong.py:1'], messages: [] },
    // The core makes it a failure that no file was looked at.
    'everything-excluded': { status: 'clean', filesChecked: 0 },
    'table-ignored': { status: 'clean' },
    quiet: { status: 'failed', messages: [expect.stringContaining('`quiet` in .flake8')] },
  },
  pylint: {
    findings: {
      findings: [
        'lint-errors no-name-in-module app/defects.py:3',
        'lint-errors undefined-variable app/defects.py:5',
        'lint-warnings missing-function-docstring app/defects.py:4',
        'lint-warnings missing-function-docstring app/defects.py:9',
        'lint-warnings missing-module-docstring app/defects.py:1',
        'lint-warnings multiple-imports app/defects.py:1',
        'lint-warnings too-many-nested-blocks app/defects.py:10',
        'lint-warnings unused-import app/defects.py:1',
        'lint-warnings unused-variable app/defects.py:5',
        'unresolved-imports import-error app/defects.py:2',
      ],
    },
    'syntax-error': { findings: ['lint-errors syntax-error app/broken.py:1'] },
    'latin-1': { findings: ['lint-errors parse-error app/latin.py:1'] },
    excluded: { status: 'clean' },
    'config-warning': {
      status: 'clean',
      messages: [expect.stringContaining('no-such-key'), expect.stringContaining('no-such-message')],
    },
    'config-broken': { status: 'failed' },
    'plugin-missing': { status: 'failed' },
    crash: { status: 'failed' },
    'comment-unknown': {
      status: 'findings',
      findings: ['lint-warnings unknown-option-value app/comment.py:2'],
      messages: [],
    },
    'configuration-above': { status: 'clean' },
  },
}

function flake8Findings(): readonly string[] {
  return ['E201:4', 'E202:4', 'E231:4', 'E302:4', 'E401:1', 'F401:1', 'F821:5', 'F841:5'].map((each) => {
    const [code, line] = each.split(':')
    return `lint-errors ${code} app/defects.py:${line}`
  })
}
