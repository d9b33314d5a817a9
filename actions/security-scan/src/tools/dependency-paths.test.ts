import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shortestPaths } from './dependency-paths.ts'

const graph = fc.dictionary(
  fc.constantFrom(...'abcdefg'),
  fc.uniqueArray(fc.constantFrom(...'abcdefg'), { maxLength: 4 }),
)

it('goes along edges, from a start to the end, through no place twice', () => {
  fc.assert(
    fc.property(graph, fc.uniqueArray(fc.constantFrom(...'abcdefg'), { maxLength: 3 }), (edges, starts) => {
      const next = (name: string) => edges[name] ?? []
      const path = shortestPaths(starts, next)('g')
      if (path === undefined) return
      expect(starts).toContain(path[0])
      expect(path.at(-1)).toBe('g')
      expect(new Set(path).size).toBe(path.length)
      for (const [index, name] of path.slice(1).entries()) expect(next(path[index] ?? '')).toContain(name)
    }),
  )
})

it('takes the shortest way, and ends in circles', () => {
  const edges: Record<string, readonly string[]> = { a: ['b'], b: ['a', 'c'], c: ['d'], e: ['d'] }
  const next = (name: string) => edges[name] ?? []
  expect(shortestPaths(['a', 'e'], next)('d')).toEqual(['e', 'd'])
  expect(shortestPaths(['a'], next)('a')).toEqual(['a'])
  expect(shortestPaths(['a'], next)('nowhere')).toBeUndefined()
})
