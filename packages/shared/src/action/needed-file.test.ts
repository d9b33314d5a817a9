import { expect, test } from 'vitest'
import { memoryFiles } from '../host/recording/index.ts'
import { UserError } from './errors.ts'
import { readNeeded } from './needed-file.ts'

test('a file that is missing is no error, one that cannot be read is the user’s', async () => {
  const files = memoryFiles({ '/w/a.toml': 'x' })
  expect(await readNeeded(files, '/w/a.toml', 'a.toml')).toBe('x')
  expect(await readNeeded(files, '/w/b.toml', 'b.toml')).toBeUndefined()
  const denied = async () => Promise.reject(new Error('EACCES: permission denied'))
  const read = readNeeded({ ...files, readText: denied }, '/w/a.toml', 'a.toml')
  await expect(read).rejects.toThrow(UserError)
  await expect(read).rejects.toThrow(/^`a\.toml` cannot be read \(EACCES: permission denied\)/)
})
