import { describe, expect, it } from 'vitest'
import { projectPath } from './paths.ts'

describe('projectPath', () => {
  it.each([
    ['src', '/w', '.', 'src'],
    ['src/', '/w', '.', 'src'],
    ['app.py', '/w/services/api', '.', 'services/api/app.py'],
    ['.', '/w/services/api', '.', 'services/api'],
    ['..', '/w/services/api', '.', 'services'],
    ['**/*.py', '/w/services/api', '.', 'services/api/**/*.py'],
    ['/w/src', '/elsewhere', '.', 'src'],
    ['app.py', '/w/services/api', 'services/api', 'app.py'],
    ['services/api/app.py', '/w', 'services/api', 'app.py'],
    ['app.py', '/w', 'services/api', 'app.py'],
    ['/x', '/w', '.', undefined],
    ['../x', '/w', '.', undefined],
    ['../../..', '/w/services/api', '.', undefined],
  ])('%s in %s with %s', (typed, folder, workingDirectory, expected) => {
    expect(projectPath(typed, { folder, workspace: '/w', workingDirectory })).toBe(expected)
  })
})
