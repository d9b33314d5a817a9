import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sarifCategory } from './sarif-category.ts'

it('is readable where it can be', () => {
  expect(sarifCategory(['security-scan', 'default', '', 'pip-audit'])).toBe(
    'security-scan/default/pip-audit/',
  )
})

it('never changes for what somebody uploaded before', () => {
  expect(sarifCategory(['Web API'])).toMatch(/^web-api-[0-9a-f]{8}\/$/)
  expect(sarifCategory(['Web API'])).toBe(sarifCategory(['Web API']))
})

it('differs for ids that differ in case or punctuation alone', () => {
  const folded = (id: string) =>
    sarifCategory([id])
      .replaceAll(/[^a-z0-9]/gi, '_')
      .toUpperCase()
  const id = fc.array(fc.constantFrom('a', 'A', 'b', '1', '-', '_', '.', '/', ' ', 'é', '日'), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(id, id, (a, b) => {
      const [one, other] = [a.join(''), b.join('')]
      fc.pre(one !== other && one !== '' && other !== '')
      expect(folded(one)).not.toBe(folded(other))
    }),
    { numRuns: 1000 },
  )
})
