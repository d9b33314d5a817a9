import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ToolOutputError } from '../action/errors.ts'
import { closureDigest, importClosure, parseImportsGraph } from './imports-graph.ts'

describe('parseImportsGraph', () => {
  test('reads what `ruff analyze graph` prints, with either separator', () => {
    const graph = parseImportsGraph('{"a\\\\m.py": ["a\\\\x.py"], "a\\\\x.py": []}')
    expect(graph).toEqual(
      new Map([
        ['a/m.py', ['a/x.py']],
        ['a/x.py', []],
      ]),
    )
  })

  test.each(['', '[]', '{"a.py": 1}', '{"a.py": ["b.py"'])('refuses %j', (text) => {
    expect(() => parseImportsGraph(text)).toThrow(ToolOutputError)
  })
})

describe('importClosure', () => {
  const graph = new Map([
    ['main.py', ['pkg/sub/m.py']],
    ['pkg/__init__.py', ['pkg/registry.py']],
    ['pkg/sub/__init__.py', []],
    ['pkg/sub/m.py', ['main.py']],
    ['pkg/registry.py', []],
    ['other.py', []],
  ])

  test('follows imports in circles, and what packages on the way import', () => {
    expect(importClosure(graph, 'main.py')).toEqual([
      'pkg/__init__.py',
      'pkg/registry.py',
      'pkg/sub/__init__.py',
      'pkg/sub/m.py',
    ])
  })

  test('is unknown for a file that is not in the graph', () => {
    expect(importClosure(graph, 'new.py')).toBeUndefined()
  })
})

describe('closureDigest', () => {
  test('changes exactly for the files that reach the changed one', async () => {
    const names = ['a.py', 'b.py', 'c.py', 'd.py', 'e.py']
    const edges = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(edges, fc.constantFrom(...names), async (pairs, changed) => {
        const graph = new Map(
          names.map((name) => [name, pairs.filter(([from]) => from === name).map(([, to]) => to)]),
        )
        for (const name of names.filter((each) => each !== changed)) {
          const before = await closureDigest(graph, name, async (file) => file)
          const after = await closureDigest(graph, name, async (file) => (file === changed ? 'new' : file))
          expect(before !== after).toBe(reaches(pairs, name, changed))
        }
      }),
    )
  })
})

/** By repeated widening, unlike the code under test. */
function reaches(pairs: readonly (readonly [string, string])[], from: string, to: string): boolean {
  let reached = new Set([from])
  for (let round = 0; round < 6; round += 1) {
    reached = new Set([...reached, ...pairs.filter(([a]) => reached.has(a)).map(([, b]) => b)])
  }
  return reached.has(to)
}
