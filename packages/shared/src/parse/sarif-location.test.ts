import { describe, expect, test } from 'vitest'
import type { RawFinding } from '../finding/finding.ts'
import { parseSarif } from './sarif.ts'

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

function place(artifactLocation: object, region: object = { startLine: 3 }): object {
  return { physicalLocation: { artifactLocation, region } }
}

describe('location', () => {
  const bases = {
    ROOT: { uri: 'file:///home/ci/my%20shop' },
    SRC: { uri: 'src/', uriBaseId: 'ROOT' },
    LOOP: { uri: 'l/', uriBaseId: 'LOOP' },
    EMPTY: {},
  }
  const artifacts = [{ location: { uri: 'by%20index.py', uriBaseId: 'SRC' } }]
  const path = (artifactLocation: object) => {
    const results = [{ ruleId: 'R', locations: [place(artifactLocation)] }]
    return only({ originalUriBaseIds: bases, artifacts, results }).location?.path
  }

  test.each([
    ['relative, decoded', { uri: 'a%20b/%C3%A9.py' }, 'a b/é.py'],
    ['with a percent sign that is none', { uri: '100%.py' }, '100%.py'],
    ['a file URI as it is', { uri: 'file:///x/a%20b.py' }, 'file:///x/a%20b.py'],
    ['below a base', { uri: 'a.py', uriBaseId: 'ROOT' }, 'file:///home/ci/my%20shop/a.py'],
    ['below a base below a base', { uri: 'a.py', uriBaseId: 'SRC' }, 'file:///home/ci/my%20shop/src/a.py'],
    ['below an unknown base', { uri: 'a%20b.py', uriBaseId: '%SRCROOT%' }, 'a b.py'],
    ['below a base without place', { uri: 'a.py', uriBaseId: 'EMPTY' }, 'a.py'],
    ['absolute in spite of a base', { uri: 'file:///y/a.py', uriBaseId: 'ROOT' }, 'file:///y/a.py'],
    ['by index', { index: 0 }, 'file:///home/ci/my%20shop/src/by%20index.py'],
    ['nowhere', { index: 7 }, undefined],
  ])('%s', (_, artifactLocation, expected) => {
    expect(path(artifactLocation)).toBe(expected)
  })

  test('bases in a circle end', () => {
    expect(path({ uri: 'a.py', uriBaseId: 'LOOP' })).toMatch(/^(l\/)+a\.py$/)
  })

  test.each([
    [undefined, 'codepoint'],
    ['unicodeCodePoints', 'codepoint'],
    ['utf16CodeUnits', 'utf16'],
  ])('columns of kind %s', (columnKind, columnUnit) => {
    const region = { startLine: 3, startColumn: 2, endLine: 4, endColumn: 5 }
    const results = [{ ruleId: 'R', locations: [place({ uri: 'a.py' }, region)] }]
    expect(only({ columnKind, results }).location).toEqual({
      path: 'a.py',
      line: 3,
      column: 2,
      endLine: 4,
      endColumn: 5,
      columnUnit,
    })
  })

  test('further and related places, and the function', () => {
    const locations = [
      { ...place({ uri: 'a.py' }), logicalLocations: [{ name: 'f', fullyQualifiedName: 'm.f' }] },
      place({ uri: 'b.py' }),
    ]
    const finding = only({
      results: [{ ruleId: 'R', locations, relatedLocations: [place({ uri: 'c.py' }), {}] }],
    })
    expect(finding.related?.map((each) => each.path)).toEqual(['b.py', 'c.py'])
    expect(finding.symbol).toBe('m.f')
  })
})

describe('fixes', () => {
  const fix = (...replacements: readonly object[]) => ({
    artifactChanges: [{ artifactLocation: { uri: 'a.py' }, replacements }],
  })
  const edits = (...fixes: readonly object[]) => only({ results: [{ ruleId: 'R', fixes }] }).fix
  const region = { startLine: 2, endColumn: 4 }
  const partial = { deletedRegion: { charOffset: 3, charLength: 1 } }

  test('the first complete one', () => {
    const edit = { path: 'a.py', line: 2, column: 1, endLine: 2, endColumn: 4, text: 'x' }
    const complete = fix({ deletedRegion: region, insertedContent: { text: 'x' } })
    expect(edits(fix(partial), complete)).toEqual([edit])
    expect(edits(fix({ deletedRegion: region }))).toEqual([{ ...edit, text: '' }])
  })

  test('never half of one', () => {
    expect(edits(fix({ deletedRegion: region }, partial))).toBeUndefined()
    expect(edits(fix({ deletedRegion: region, insertedContent: { binary: 'AA==' } }))).toBeUndefined()
    expect(edits(fix())).toBeUndefined()
  })
})
