import { describe, expect, test } from 'vitest'
import { readSuppressionsFile } from './suppressions-file.ts'

const path = '.github/security-suppressions.yml'
const read = (text: string) => readSuppressionsFile({ path, text })

describe('the file of suppressions', () => {
  test('holds one list', () => {
    expect(read('$schema: x\nsuppressions:\n  - id: a b\n    expires: 2026-01-31\n')).toEqual({
      source: { path, data: [{ id: 'a b', expires: '2026-01-31' }] },
      problems: [],
    })
  })

  test('may be empty', () => {
    for (const text of ['', '# nothing yet\n', 'suppressions:\n', '\uFEFF'])
      expect(read(text).problems).toEqual([])
  })

  test.each([
    ['- id: a', 'must be a map with the list `suppressions`'],
    ['supressions: []', 'there is no `supressions`; the only key is `suppressions`'],
    ['suppressions: [', 'is not valid YAML: line 1'],
    ['suppressions: []\nsuppressions: []', 'Map keys must be unique'],
    ['a: &a [1]\n<<: !x *a', 'is not valid YAML'],
  ])('%j is wrong', (text, problem) => {
    const { source, problems } = read(text)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.join()).toContain(`\`${path}\`: `)
    expect(problems.join()).toContain(problem)
    if (!text.startsWith('supp')) expect(source.data).toBeUndefined()
  })
})
