import { expect, test } from 'vitest'
import { kindByFolder } from './kind-folders.ts'

test.each([
  ['tests/unit/test_a.py', 'unit'],
  ['services/api/tests/unit/deep/test_a.py', 'unit'],
  ['tests/api/integration/test_a.py', 'integration'],
  ['unit/test_a.py', 'unit'],
  ['tests/unit_tests/test_a.py', 'unit'],
  ['src/integrationTest/java/ATest.java', 'integration'],
  ['e2e/login.spec.ts', 'e2e'],
  ['apps/web/e2e/login.spec.ts', 'e2e'],
  ['tests/end_to_end/test_a.py', 'e2e'],
  ['tests/end-to-end/test_a.py', 'e2e'],
  ['tests/security/test_a.py', 'security'],
  ['security-tests/test_a.py', 'security'],
  ['tests/performance/test_a.py', 'performance'],
  ['tests/perf/test_a.py', 'performance'],
  ['benchmarks/test_a.py', 'performance'],
  ['Tests/Unit/ATest.cs', 'unit'],
])('%s is %s', (path, kind) => {
  expect(kindByFolder(path)).toBe(kind)
})

// What is tested has these names too.
test.each([
  'src/security/test_login.py',
  'security/tests/test_login.py',
  'integration/tests/test_github.py',
  'src/unit/test_convert.py',
  'tests/accounts/security/test_login.py',
  'tests/test_unit.py',
  'tests/test_a.py',
  'unit.py',
  '',
])('%s says nothing', (path) => {
  expect(kindByFolder(path)).toBeUndefined()
})

test('the outermost folder decides', () => {
  expect(kindByFolder('tests/unit/security/test_a.py')).toBe('unit')
  expect(kindByFolder('tests/unit/e2e/test_a.py')).toBe('unit')
  expect(kindByFolder('tests/integration/unit/test_a.py')).toBe('integration')
})
