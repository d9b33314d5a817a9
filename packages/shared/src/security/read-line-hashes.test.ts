import { expect, it } from 'vitest'
import { sampleFinding } from '../report/test/builders.ts'
import { lineHashes } from './line-hash.ts'
import { readLineHashes } from './read-line-hashes.ts'

it('reads each file once, and only those with lines to hash', async () => {
  const read: string[] = []
  const text = 'a\nb\nc\n'
  const sources = {
    text: async (path: string) => {
      read.push(path)
      return path === 'gone.py' ? undefined : text
    },
  }
  const findings = [
    sampleFinding({ path: 'a.py', line: 1 }),
    sampleFinding({ path: 'a.py', line: 3 }),
    sampleFinding({ path: 'a.py', line: 3 }),
    sampleFinding({ path: 'gone.py', line: 1 }),
    sampleFinding({ location: { path: 'whole.py' } }),
    sampleFinding({ location: { path: '/etc/passwd', line: 1, outside: true } }),
    { ...sampleFinding(), location: undefined },
  ]
  expect(await readLineHashes(findings, sources)).toEqual(new Map([['a.py', lineHashes(text, [1, 3])]]))
  expect(read.toSorted()).toEqual(['a.py', 'gone.py'])
})
