import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pythonVersionFits } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { npmRangeFits } from './npm-version.ts'
import { compareVersionsOf, isMajorStep, smallestTarget } from './target-version.ts'

interface Recorded {
  readonly ordered: readonly (readonly string[])[]
  readonly ranges: Readonly<Record<string, readonly string[]>>
}

/** As `packaging` and `semver` answered; see scripts/version-fixtures.ts. */
function recorded(name: string): Recorded {
  const path = resolve(import.meta.dirname, '../../../../test/fixtures/versions', `${name}.json`)
  return JSON.parse(readFileSync(path, 'utf8'))
}

const kinds = [
  { ecosystem: 'pypi', fits: pythonVersionFits, ...recorded('pep440') },
  { ecosystem: 'npm', fits: npmRangeFits, ...recorded('semver') },
] as const

describe.each(kinds)('versions of $ecosystem', ({ ecosystem, fits, ordered, ranges }) => {
  const all = ordered.flatMap((group, rank) => group.map((version) => ({ version, rank })))
  const some = fc.constantFrom(...all)
  const rankOf = (version: string) => all.find((each) => each.version === version)?.rank ?? -1

  it('are ordered as its own library does', () => {
    const wrong = all.flatMap((a) =>
      all.flatMap((b) => {
        const order = Math.sign(compareVersionsOf(ecosystem, a.version, b.version) ?? Number.NaN)
        return order === Math.sign(a.rank - b.rank) ? [] : [`${a.version} and ${b.version}: ${order}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(ranges))('are let in by `%s` as its own library does', (range, listed) => {
    const own = all.map(({ version }) => version).filter((version) => fits(version, range) === true)
    expect(own.toSorted()).toEqual([...listed].toSorted())
  })

  const lists = (one: typeof some) =>
    fc.array(fc.array(one, { maxLength: 4 }), { minLength: 1, maxLength: 4 })
  const targetOf = (current: string, fixes: readonly (readonly { readonly version: string }[])[]) =>
    smallestTarget(
      ecosystem,
      fixes.map((list) => list.map(({ version }) => version)),
      current,
    )

  it('clear everything that has a fix, and what has none is named', () => {
    fc.assert(
      fc.property(some, lists(some), (current, fixes) => {
        const { version, unfixed } = targetOf(current.version, fixes)
        const above = fixes.map((list) => list.filter(({ rank }) => rank > current.rank))
        expect(unfixed).toEqual(above.flatMap((list, index) => (list.length === 0 ? [index] : [])))
        const clears = ({ rank }: { readonly rank: number }) =>
          version !== undefined && rank <= rankOf(version)
        expect(above.every((list) => list.length === 0 || list.some(clears))).toBe(true)
      }),
    )
  })

  it('are the smallest ones that clear it', () => {
    const finished = fc.constantFrom(...all.filter(({ version }) => /^[\d.!]+$/.test(version)))
    fc.assert(
      fc.property(finished, lists(finished), (current, fixes) => {
        const { version } = targetOf(current.version, fixes)
        const needed = fixes
          .map((list) => list.filter(({ rank }) => rank > current.rank))
          .filter((list) => list.length > 0)
        const enough = needed
          .flat()
          .filter((each) => needed.every((list) => list.some(({ rank }) => rank <= each.rank)))
        const smallest = Math.min(...enough.map(({ rank }) => rank))
        expect(version === undefined ? Number.POSITIVE_INFINITY : rankOf(version)).toBe(smallest)
      }),
    )
  })
})

describe('the version to upgrade to', () => {
  it.each([
    ['the next line up, not the newest', [['1.26.5', '2.0.2']], '1.26.4', '1.26.5'],
    ['of its own line', [['1.26.5', '2.0.2']], '2.0.0', '2.0.2'],
    ['what all of them need', [['2.10.1'], ['2.11.3'], ['3.1.3']], '2.10', '3.1.3'],
    ['a finished one before an early one', [['4.2rc1', '4.2']], '4.1', '4.2'],
    ['an early one where there is no other', [['4.2rc1']], '4.1', '4.2rc1'],
    ['numbers by their value', [['1.9', '1.10']], '1.9', '1.10'],
  ])('is %s', (_, fixes, current, wanted) => {
    expect(smallestTarget('pypi', fixes, current).version).toBe(wanted)
  })

  it('is never text that a file or a program could take for something else', () => {
    const hostile = ['2.0 --index-url=x', '2.0\nevil==1', '-r x', '2.0;x', '2.0"']
    expect(smallestTarget('pypi', [hostile], '1.0')).toEqual({ version: undefined, unfixed: [0] })
    expect(smallestTarget('npm', [['2.0.0 || x', '--force']], '1.0.0').version).toBeUndefined()
  })

  it.each([
    ['1.2', '1.3', false],
    ['1.9', '2.0', true],
    ['0.3.1', '0.4.0', true],
    ['0.3.1', '0.3.2', false],
    ['2023.1', '2024.1', true],
  ])('from %s to %s: a major step is %s', (from, to, major) => {
    expect(isMajorStep(from, to)).toBe(major)
  })
})
