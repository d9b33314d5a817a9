import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nodeFiles } from '../host/recording/index.ts'
import { checkPath } from './workspace-path.ts'

const top = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-path-')))
const workspace = join(top, 'workspace')
mkdirSync(join(workspace, 'services/api'), { recursive: true })
mkdirSync(join(top, 'elsewhere'))
symlinkSync(join(top, 'elsewhere'), join(workspace, 'out'))
symlinkSync('services', join(workspace, 'in'))
symlinkSync(join(top, 'missing'), join(workspace, 'dangling'))
symlinkSync(workspace, join(top, 'alias'))
afterAll(() => rmSync(top, { recursive: true }))

describe('checkPath', () => {
  it.each([
    ['.', '.'],
    ['./services/api/', 'services/api/'.slice(0, -1)],
    ['services/../services', 'services'],
    ['services\\api', 'services/api'],
    ['in/api', 'in/api'],
    ['not/there/yet', 'not/there/yet'],
    [join(workspace, 'services'), 'services'],
    ['..strange', '..strange'],
  ])('takes %s', async (given, path) => {
    expect(await checkPath(nodeFiles, workspace, given)).toEqual({ path })
  })

  it.each([
    '..',
    '../elsewhere',
    'services/../../elsewhere',
    '/',
    join(top, 'elsewhere'),
    'out',
    'out/new',
    'dangling',
    'dangling/x',
    'a\0b',
  ])('refuses %j', async (given) => {
    expect(await checkPath(nodeFiles, workspace, given)).toHaveProperty('problem')
  })

  it('knows the workspace by both of its names', async () => {
    const alias = join(top, 'alias')
    expect(await checkPath(nodeFiles, alias, join(workspace, 'services'))).toEqual({ path: 'services' })
    expect(await checkPath(nodeFiles, alias, 'services')).toEqual({ path: 'services' })
  })
})
