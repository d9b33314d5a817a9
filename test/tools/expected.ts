import { expect } from 'vitest'
import { auditExpected } from './audit-expected.ts'
import { binaryExpected } from './binary-expected.ts'
import { lint } from './expected-lint.ts'
import { scanExpected } from './scan-expected.ts'
import type { Summary } from './summary.ts'

/** What a case of a tool comes to. Written by hand from what is planted in cases.ts. */
export function expectedOf(tool: string, name: string): Partial<Summary> | undefined {
  return own[tool]?.[name] ?? forAll[name]
}

const forAll: Readonly<Record<string, Partial<Summary>>> = {
  clean: { status: 'clean' },
  empty: { status: 'clean' },
  'usage-error': { status: 'failed' },
}

const own: Readonly<Record<string, Readonly<Record<string, Partial<Summary>>>>> = {
  black: {
    findings: {
      findings: ['formatting-issues black app/defects.py:4', 'formatting-issues black app/defects.py:6'],
    },
    'syntax-error': { findings: ['formatting-issues syntax-error app/broken.py:1'] },
    'latin-1': { findings: ['formatting-issues syntax-error app/latin.py'] },
    excluded: { status: 'clean' },
    'config-warning': { status: 'clean', messages: [expect.stringContaining('no_such_key')] },
    'config-broken': { status: 'failed', messages: [expect.stringContaining('pyproject.toml')] },
    included: { status: 'clean' },
  },
  isort: {
    findings: {
      findings: [
        'formatting-issues isort app/defects.py:1',
        'formatting-issues isort app/defects.py:3',
        'formatting-issues isort app/defects.py:4',
      ],
    },
    'syntax-error': { findings: ['formatting-issues syntax-error app/broken.py:1'] },
    'latin-1': { findings: ['formatting-issues syntax-error app/latin.py:3'], status: 'findings' },
    excluded: { status: 'clean' },
    'config-unknown-key': { status: 'failed', messages: [expect.stringContaining('no_such_key')] },
    'config-broken': { status: 'failed', messages: [expect.stringContaining('pyproject.toml')] },
    'no-line-end': {
      findings: ['formatting-issues isort app/last.py:1', 'formatting-issues isort app/last.py:2'],
    },
  },
  'ruff-format': {
    findings: {
      findings: [
        'formatting-issues ruff-format app/defects.py:4',
        'formatting-issues ruff-format app/defects.py:6',
      ],
    },
    'syntax-error': { findings: ['formatting-issues syntax-error app/broken.py:1'] },
    'latin-1': { findings: ['formatting-issues syntax-error app/latin.py'] },
    excluded: { status: 'clean' },
    'config-warning': {
      status: 'clean',
      messages: [expect.stringMatching(/deprecated.*'select' -> 'lint\.select'/)],
    },
    'config-unknown-key': { status: 'failed', messages: [expect.stringContaining('no-such-key')] },
  },
  ...lint,
  ...scanExpected,
  ...auditExpected,
  ...binaryExpected,
  mypy: {
    findings: {
      findings: [
        'type-errors arg-type app/defects.py:17',
        'type-errors attr-defined app/defects.py:3',
        'type-errors return-value app/defects.py:16',
        'type-errors return-value app/defects.py:17',
        'unresolved-imports import-not-found app/defects.py:2',
      ],
    },
    'syntax-error': {
      status: 'failed',
      findings: ['type-errors syntax app/broken.py:1', 'type-errors syntax app/broken.py:1'],
      messages: [expect.stringContaining('checked nothing')],
    },
    'latin-1': {
      status: 'failed',
      findings: ['type-errors mypy app/latin.py'],
      messages: [expect.stringContaining('checked nothing')],
    },
    'usage-error': { status: 'failed', messages: [expect.stringContaining('--no-such-option')] },
    'config-warning': {
      status: 'clean',
      messages: [
        expect.stringContaining('Python 3.9 is not supported'),
        expect.stringContaining('no_such_key'),
      ],
    },
    'config-broken': { status: 'failed', messages: [expect.stringContaining('pyproject.toml')] },
    'duplicate-module': {
      status: 'failed',
      messages: [expect.stringContaining('Duplicate module named "conf"')],
    },
    'out-of-scope': { status: 'clean' },
    notes: { findings: ['- misc app/notes.py:5', 'type-errors call-arg app/notes.py:6'] },
  },
  pyright: {
    findings: {
      findings: [
        'type-errors reportArgumentType app/defects.py:17',
        'type-errors reportAttributeAccessIssue app/defects.py:3',
        'type-errors reportReturnType app/defects.py:16',
        'type-errors reportReturnType app/defects.py:17',
        'type-errors reportUndefinedVariable app/defects.py:5',
        'unresolved-imports reportMissingImports app/defects.py:2',
      ],
    },
    'syntax-error': { status: 'findings' },
    // Pyright replaces what it cannot decode; the tools that measure report the file.
    'latin-1': { status: 'clean' },
    'config-warning': { status: 'clean', messages: [expect.stringContaining('noSuchKey')] },
    'config-wrong-value': {
      status: 'clean',
      messages: [
        expect.stringContaining('reportMissingImports'),
        expect.stringContaining('typeCheckingMode'),
      ],
    },
    'config-broken': { status: 'failed' },
    'out-of-scope': { status: 'clean' },
  },
  'type-coverage': {
    clean: { status: 'clean', measurements: ['type-coverage app/clean.py 1/1'] },
    findings: { measurements: ['type-coverage app/clean.py 1/1', 'type-coverage app/defects.py 2/3'] },
    'syntax-error': { findings: ['syntax-errors syntax-error app/broken.py:1'] },
    'latin-1': { findings: ['syntax-errors syntax-error app/latin.py:3'] },
    empty: { status: 'clean', measurements: [] },
    // Annotated: __init__, static, conditional, wait. Not: method, inner, bare.
    signatures: { measurements: ['type-coverage app/signatures.py 4/7'] },
  },
  complexity: {
    clean: {
      status: 'clean',
      measurements: ['complexity-max app/__init__.py 0', 'complexity-max app/clean.py 1'],
    },
    findings: {
      findings: ['complexity-over-limit C901 app/defects.py:9'],
      measurements: expect.arrayContaining(['complexity-max app/defects.py 7']),
    },
    'syntax-error': {
      findings: ['syntax-errors syntax-error app/broken.py:1'],
      measurements: ['complexity-max app/__init__.py 0', 'complexity-max app/clean.py 1'],
    },
    'latin-1': { findings: ['syntax-errors syntax-error app/latin.py'] },
  },
  'cognitive-complexity': {
    // 1 + 2 + 3 + 4 + 5 + 6, one more for each level of nesting.
    findings: { measurements: expect.arrayContaining(['cognitive-complexity-max app/defects.py 21']) },
    'syntax-error': {
      findings: ['syntax-errors syntax-error app/broken.py'],
      measurements: ['cognitive-complexity-max app/__init__.py 0', 'cognitive-complexity-max app/clean.py 0'],
    },
    'latin-1': { findings: ['syntax-errors syntax-error app/latin.py'] },
    methods: { measurements: ['cognitive-complexity-max app/with space.py 1'] },
  },
  duplication: {
    findings: { status: 'clean' },
    'syntax-error': { status: 'clean' },
    'latin-1': { status: 'clean' },
    empty: { status: 'clean', measurements: ['duplication - 0/1'] },
    duplicates: {
      findings: ['duplication duplicate app/second.py:4'],
      measurements: ['duplication - 15/36'],
    },
    'out-of-scope': { findings: [], measurements: ['duplication - 0/18'] },
    threshold: { status: 'findings' },
    'config-broken': { status: 'failed', messages: [expect.stringContaining('.jscpd.json')] },
  },
  docstrings: {
    clean: {
      status: 'clean',
      measurements: ['docstring-coverage app/__init__.py 1/1', 'docstring-coverage app/clean.py 2/2'],
    },
    // Of module, join, nested and add only add has one.
    findings: { measurements: expect.arrayContaining(['docstring-coverage app/defects.py 1/4']) },
    'syntax-error': { findings: ['syntax-errors syntax-error app/broken.py:1'] },
    'latin-1': { findings: ['syntax-errors syntax-error app/latin.py:3'] },
    excluded: { status: 'clean', measurements: ['docstring-coverage app/clean.py 1/1'] },
  },
}
