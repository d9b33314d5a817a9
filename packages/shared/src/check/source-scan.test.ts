import { expect, it } from 'vitest'
import { memoryFiles } from '../host/recording/index.ts'
import { scanSources } from './source-scan.ts'

it('looks into every file that it can read, and for comments into no data of megabytes', async () => {
  const line = 'x = 1  # noqa\n'
  const files = memoryFiles({ '/w/a.py': line, '/w/closed.py': line, '/w/large.py': line.repeat(400_000) })
  const read = (path: string) =>
    path.endsWith('closed.py') ? Promise.reject(new Error('EACCES')) : files.read(path)
  const paths = ['closed.py', 'large.py', 'missing.py', 'a.py']
  const { size, suppressions } = await scanSources({ ...files, read }, '/w', paths)
  expect(suppressions.map(({ location }) => location)).toEqual([{ path: 'a.py', line: 1 }])
  expect(size).toEqual({ files: 4, lines: 400_001 })
})

it('keeps the order of the files', async () => {
  const files = memoryFiles({ '/w/a.py': '# noqa', '/w/b.py': '# noqa', '/w/c.py': '# noqa' })
  const { suppressions } = await scanSources(files, '/w', ['c.py', 'a.py', 'b.py'])
  expect(suppressions.map(({ location }) => location?.path)).toEqual(['c.py', 'a.py', 'b.py'])
})

it('counts lines of Python alone, and finds comments in all that is text', async () => {
  const files = memoryFiles({
    '/w/a.py': 'x = 1\n',
    '/w/b.tf': '# nosec\n',
    '/w/c.json': '[\n'.repeat(3_000_000),
  })
  const { size, suppressions } = await scanSources(files, '/w', ['a.py', 'b.tf', 'c.json'])
  expect(size.lines).toBe(1)
  expect(suppressions.map(({ location }) => location?.path)).toEqual(['b.tf'])
})
