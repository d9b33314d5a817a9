import { expect, test } from 'vitest'
import { testFiles } from './test-file.ts'

const files = [
  'tests/unit/test_a.py',
  'services/api/tests/test_b.py',
  'services/web/tests/test_b.py',
  'services/web/e2e/login.spec.ts',
  'src/test/java/com/acme/PriceTest.java',
  'conftest.py',
]
const fileOf = testFiles({ top: '/repo', cwd: '/repo/services/api', files })
const named = (given: { file?: string; classname?: string; suites?: readonly string[] }) =>
  fileOf({ suites: [], ...given })

test.each([
  ['of the folder that the runner ran in', { file: 'tests/test_b.py' }, 'services/api/tests/test_b.py'],
  ['absolute', { file: '/repo/services/web/tests/test_b.py' }, 'services/web/tests/test_b.py'],
  ['absolute on another machine', { file: '/builds/7/tests/unit/test_a.py' }, 'tests/unit/test_a.py'],
  ['absolute on Windows', { file: 'D:\\a\\app\\tests\\unit\\test_a.py' }, 'tests/unit/test_a.py'],
  ['as a class', { classname: 'tests.unit.test_a.TestA' }, 'tests/unit/test_a.py'],
  ['as a class of Java', { classname: 'com.acme.PriceTest' }, 'src/test/java/com/acme/PriceTest.java'],
  ['as an inner class', { classname: 'com.acme.PriceTest$Inner' }, 'src/test/java/com/acme/PriceTest.java'],
  ['as Playwright names it', { classname: 'login.spec.ts' }, 'services/web/e2e/login.spec.ts'],
  ['as the name of its suite', { suites: ['all', 'e2e/login.spec.ts'] }, 'services/web/e2e/login.spec.ts'],
  // There may be no checkout.
  ['unknown, and relative', { file: 'tests/new/test_c.py' }, 'services/api/tests/new/test_c.py'],
])('a file %s', (_, given, file) => {
  expect(named(given)).toBe(file)
})

test.each([
  ['that several can be', { classname: 'tests.test_b' }],
  ['of another machine alone', { file: '/builds/7/tests/test_c.py' }],
  ['of another machine, by its name alone', { file: '/other/place/conftest.py' }],
  ['that is none', { classname: 'LoginSuite' }],
  ['above the repository', { file: '../../../etc/test_a.py' }],
  ['that nobody names', {}],
])('no file %s', (_, given) => {
  expect(named(given)).toBeUndefined()
})

test('a class of the name of a file is not taken for what was found for it', () => {
  expect(named({ classname: 'e2e' })).toBeUndefined()
  expect(named({ file: 'e2e' })).toBe('services/api/e2e')
  expect(named({ classname: 'e2e' })).toBeUndefined()
})
