import { expect, test } from 'vitest'
import { nearestIdentity } from './nearest-identity.ts'

const known = [
  'weakness CWE-89 src/db.py aaaaaaaaaaaa',
  'secret generic compose.yml bbbbbbbbbbbb',
  'secret generic compose.yml cccccccccccc',
  'vulnerability pypi/jinja2 CVE-2024-22195',
  'vulnerability npm/@very-long-scope/a-very-long-name-of-a-package-with-words CVE-2024-1111',
]

test.each<[string, string, string | undefined]>([
  ['a line that was edited', 'weakness CWE-89 src/db.py 123456789abc', known[0]],
  ['a number of a line', 'weakness CWE-89 src/db.py aaaaaaaaaaaa (2)', known[0]],
  ['two lines that could be meant', 'secret generic compose.yml dddddddddddd', undefined],
  ['an id alone', 'cve-2024-22195', known[3]],
  ['a misspelling', 'vulnerability pypi/jinj2 CVE-2024-22195', known[3]],
  [
    'a misspelling of a long one',
    'vulnerability npm/@very-long-scope/a-very-long-name-of-a-package-with-word CVE-2024-1111',
    known[4],
  ],
  ['something else', 'weakness CWE-22 src/files.py aaaaaaaaaaaa', undefined],
  ['a very long text', `weakness ${'x'.repeat(5000)}`, undefined],
])('%s', (_, id, near) => {
  expect(nearestIdentity(id, known)).toBe(near)
  expect(nearestIdentity(id, known.toReversed())).toBe(near)
})
