import { expect, test } from 'vitest'
import type { TestResult } from '../results/test-result.ts'
import type { LabelRules } from './label-tests.ts'
import { labelTests } from './label-tests.ts'

function labelled(rules: Partial<LabelRules>, ...given: readonly Partial<TestResult>[]) {
  const found: TestResult[] = []
  const labels = labelTests({ top: '/repo', cwd: '/repo', files: [], packages: [], kinds: {}, ...rules })
  const sink = labels.sink({ test: (result) => found.push(result) })
  for (const each of given)
    sink.test({ id: 'a', name: 'a', suites: [], status: 'passed', flaky: false, failures: [], ...each })
  return { kinds: found.map(({ kind }) => kind), packages: found.map((each) => each.package), labels, found }
}

test('a kind is what the input says, else what the test says, else what its folder says', () => {
  const kinds = { integration: ['tests/db/**', 'tests/unit/test_both.py'], unit: ['tests/unit/test_both.py'] }
  const { kinds: found } = labelled(
    { kinds },
    { file: 'tests/db/test_a.py', kind: 'e2e' },
    { file: 'tests/unit/test_a.py', kind: 'e2e' },
    { file: 'tests/unit/test_a.py' },
    { file: 'tests/unit/test_both.py' },
    { file: 'tests/test_a.py' },
    { kind: 'security' },
    {},
  )
  expect(found).toEqual(['integration', 'e2e', 'unit', 'integration', undefined, 'security', undefined])
})

test('a glob that fits no test is known', () => {
  const { labels } = labelled({ kinds: { unit: ['tests/a', 'tests/b'] } }, { file: 'tests/b/test_a.py' })
  expect(labels.unused()).toEqual(['tests/a'])
})

test('a package is the innermost around the file, or what another job said if there is such a one', () => {
  const packages = [
    { name: 'all', folder: '' },
    { name: 'api', folder: 'services/api' },
    { name: 'api-client', folder: 'services/api/client' },
  ]
  const given = [
    { file: 'services/api/client/test_a.py' },
    { file: 'services/api/test_a.py' },
    { file: 'services/apis/test_a.py' },
    { package: 'api' },
    { package: 'gone' },
    {},
  ]
  expect(labelled({ packages }, ...given).packages).toEqual([
    'api-client',
    'api',
    'all',
    'api',
    undefined,
    undefined,
  ])
  expect(labelled({}, ...given).packages.filter((name) => name !== undefined)).toEqual([])
})
