import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ToolOutputError } from '../action/errors.ts'
import type { RawFinding } from '../finding/finding.ts'
import { toFinding } from '../finding/to-finding.ts'
import { parseSarif, readSarifRuns } from './sarif.ts'

function log(run: object): string {
  return JSON.stringify({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'scan' } }, results: [], ...run }],
  })
}

function only(run: object): RawFinding {
  const { findings } = parseSarif(log(run))
  expect(findings).toHaveLength(1)
  return findings[0] ?? expect.unreachable()
}

test('Ruff: real output becomes findings of the repository', () => {
  const { findings, tools } = parseSarif(
    // fixtures/README.md has the command and the sources.
    readFileSync(new URL('fixtures/ruff.sarif', import.meta.url), 'utf8'),
  )
  expect(tools).toEqual(['ruff'])
  const line6 = '        return "é😀"; y = 1'
  const source = (path: string) => (path === 'pkg/a b.py' ? ['import os', '', '', '', '', line6] : undefined)
  const [unused, semicolon] = findings.map((raw) =>
    toFinding(raw, { tool: 'ruff', workspace: '/srv/my shop', cwd: '/srv/my shop', source }),
  )
  expect(unused).toMatchObject({
    rule: 'F401',
    level: 'error',
    location: { path: 'pkg/a b.py', line: 1, column: 8, endColumn: 10 },
    fix: [{ path: 'pkg/a b.py', line: 1, column: 1, endLine: 2, endColumn: 1, text: '' }],
  })
  expect(unused?.help).toContain('unused-import')
  // The semicolon stands at code point 20, UTF-16 unit 21.
  expect(semicolon).toMatchObject({ rule: 'E702', location: { line: 6, column: line6.indexOf(';') + 1 } })
  expect(findings.some(({ rule }) => rule === 'invalid-syntax')).toBe(true)
})

describe('level', () => {
  const rules = [{ id: 'R', defaultConfiguration: { level: 'error' } }, { id: 'S' }]
  const invocations = [
    { ruleConfigurationOverrides: [{ descriptor: { id: 'S' }, configuration: { level: 'note' } }] },
  ]

  test.each([
    ['its own', { ruleId: 'R', level: 'note' }, 'note'],
    ['that of the rule', { ruleId: 'R' }, 'error'],
    ['that of the rule by index', { ruleIndex: 0 }, 'error'],
    ['that of the rule above', { ruleId: 'R/sub/1' }, 'warning'],
    ['that of the rule just above', { ruleId: 'R/1' }, 'error'],
    ['what the run configured', { ruleId: 'S' }, 'note'],
    ['warning otherwise', { ruleId: 'unknown' }, 'warning'],
    ['note for none', { ruleId: 'R', level: 'none' }, 'note'],
    ['note for one to review', { ruleId: 'R', kind: 'review', level: 'none' }, 'note'],
    ['warning for a word that is no level', { ruleId: 'R', level: 'fatal' }, 'warning'],
  ])('%s', (_, result, level) => {
    const run = { tool: { driver: { name: 'scan', rules } }, invocations, results: [result] }
    expect(only(run).level).toBe(level)
  })
})

test.each(['results', 'driver', 'extensions'])('%s in another file', (part) => {
  const reference = { location: { uri: 'more.sarif-external-properties' } }
  for (const references of [reference, [reference]]) {
    const text = log({ externalPropertyFileReferences: { [part]: references } })
    expect(() => parseSarif(text)).toThrow(`keeps ${part} in other files`)
  }
  expect(parseSarif(log({ externalPropertyFileReferences: { [part]: [] } })).findings).toEqual([])
})

test('results outside of the runs', () => {
  const inlineExternalProperties = [{ results: [{ ruleId: 'R' }] }]
  const text = JSON.stringify({ ...JSON.parse(log({})), inlineExternalProperties })
  expect(() => parseSarif(text)).toThrow('outside of its runs')
})

describe('message', () => {
  const rules = [
    { id: 'R', shortDescription: { text: 'short' }, messageStrings: { m: { text: '{0} in {1}: {{x}}' } } },
  ]
  const message = (value: unknown) =>
    only({ tool: { driver: { name: 'scan', rules } }, results: [{ ruleId: 'R', message: value }] }).message

  test.each([
    ['text', { text: 'plain {0}' }, 'plain {0}'],
    ['by id, with arguments', { id: 'm', arguments: ['a', 'b'] }, 'a in b: {x}'],
    ['with too few arguments', { id: 'm', arguments: ['a'] }, 'a in {1}: {x}'],
    [
      'links as text',
      { text: 'see [here](1), [there](https://x/y) and [x](y)' },
      'see here, there and [x](y)',
    ],
    ['of the rule', undefined, 'short'],
    ['of an unknown id', { id: 'n' }, 'short'],
    ['an id like a property of objects', { id: 'constructor' }, 'short'],
  ])('%s', (_, value, expected) => {
    expect(message(value)).toBe(expected)
  })

  test('brackets without end take no long time', () => {
    expect(message({ text: '['.repeat(200_000) })).toHaveLength(200_000)
  })
})

describe('what counts', () => {
  const rules = (results: readonly object[]) => {
    const report = parseSarif(log({ results }))
    return [report.findings.map(({ rule }) => rule), report.suppressed.map(({ rule }) => rule)]
  }

  test.each([
    ['an accepted suppression', [{ kind: 'inSource' }], false],
    ['one accepted explicitly', [{ status: 'accepted' }], false],
    ['one under review', [{ status: 'accepted' }, { status: 'underReview' }], true],
    ['one that was rejected', [{ status: 'rejected' }], true],
    ['none', [], true],
  ])('with %s', (_, suppressions, counts) => {
    expect(rules([{ ruleId: 'R', suppressions }])).toEqual(counts ? [['R'], []] : [[], ['R']])
  })

  test('not what passed, informs, does not apply or is gone', () => {
    const kinds = ['pass', 'informational', 'notApplicable', 'open', 'review', 'fail']
    const results = kinds.map((kind) => ({ ruleId: kind, kind }))
    expect(rules([...results, { ruleId: 'gone', baselineState: 'absent' }])[0]).toEqual([
      'open',
      'review',
      'fail',
    ])
  })
})

describe('not trusted', () => {
  test.each([
    ['half a file', '{"version": "2.1.0", "runs": ['],
    ['another version', '{"version": "2.0.0", "runs": []}'],
    ['no runs', '{"version": "2.1.0"}'],
    ['a list', '[]'],
    ['a run that did not scan', log({ results: undefined })],
    ['a run that failed', log({ invocations: [{ executionSuccessful: false }] })],
  ])('%s', (_, text) => {
    expect(() => parseSarif(text)).toThrow(ToolOutputError)
  })

  test('why a run failed is said', () => {
    const invocation = {
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: 'no memory' } }],
    }
    expect(() => parseSarif(log({ invocations: [invocation] }))).toThrow('no memory')
  })

  test('errors of a run that went on are kept', () => {
    const notes = [
      { level: 'error', message: { text: 'cannot read a.py' } },
      { level: 'note', message: { text: 'x' } },
    ]
    const report = parseSarif(
      log({ invocations: [{ executionSuccessful: true, toolExecutionNotifications: notes }] }),
    )
    expect(report.errors).toEqual(['cannot read a.py'])
  })
})

test('whatever stands in a result, it is read or left out, never a bug', () => {
  const hostile = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, 1, -1, 1.5, 'x', '', true, [], {}),
      fc.array(tie('any'), { maxLength: 2 }),
      fc.dictionary(
        fc.constantFrom(
          'ruleId',
          'rule',
          'index',
          'message',
          'text',
          'locations',
          'physicalLocation',
          'region',
          'uri',
          'fixes',
          'artifactLocation',
          'startLine',
          'suppressions',
          'properties',
          '__proto__',
        ),
        tie('any'),
        { maxKeys: 4 },
      ),
    ),
  })).any
  fc.assert(
    fc.property(hostile, hostile, (result, rules) => {
      const text = log({
        tool: { driver: { rules } },
        results: [result],
        artifacts: rules,
        originalUriBaseIds: result,
      })
      for (const { results, unread } of readSarifRuns(JSON.parse(text))) {
        expect(results.length + unread).toBeLessThanOrEqual(1)
        for (const { finding } of results) expect(typeof finding.message).toBe('string')
      }
    }),
  )
})
