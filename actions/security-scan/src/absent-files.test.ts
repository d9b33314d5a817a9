import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRepository } from '../../../packages/shared/src/git/repository.ts'
import { git, scratchHost, scratchRepository } from '../../../packages/shared/src/git/test/scratch.ts'
import { absenceNotices } from './absent-files.ts'
import { projectOf } from './test/sample-project.ts'

async function notices(
  { paths = [], exclude = [] }: { readonly paths?: readonly string[]; readonly exclude?: readonly string[] },
  folder = '',
) {
  const inner = scratchRepository({ 'inner.py': 'x\n' })
  const top = scratchRepository({ 'a.py': 'x\n' })
  git(top, 'submodule', '--quiet', 'add', inner, 'vendor/one')
  const repository = await openRepository(scratchHost(top), top)
  const project = { ...projectOf(['a.py'], join(top, folder)), folder }
  return absenceNotices({ repository, top, projects: [project, project] }, { paths, exclude })
}

it('names what is not looked at, and what to do', async () => {
  const [only, ...others] = await notices({})
  expect(others).toEqual([])
  expect(only).toMatch(/^1 submodule not looked at: vendor\/one\. .*command line in its folder/)
})

it.each([
  ['exclude', { exclude: ['vendor/one'] }, ''],
  ['a glob', { exclude: ['vendor/**'] }, ''],
  ['paths', { paths: ['src'] }, ''],
  ['the working directory', {}, 'src'],
])('is silent about what is left out by %s', async (_, inputs, folder) => {
  expect(await notices(inputs, folder)).toEqual([])
})

it('says without git what else is left out', async () => {
  const opened = { repository: undefined, top: '/', projects: [] }
  const notices = await absenceNotices(opened, { paths: [], exclude: [] })
  expect(notices).toEqual([expect.stringMatching(/no git repository.*`build`.*nor any commit/)])
})

it('says what a sparse checkout leaves out', async () => {
  const top = scratchRepository({ 'a.py': 'x\n', 'web/b.js': '', 'web/c.js': '' })
  git(top, 'sparse-checkout', 'set', '--no-cone', '/a.py')
  const repository = await openRepository(scratchHost(top), top)
  const opened = { repository, top, projects: [projectOf(['a.py'], top)] }
  expect(await absenceNotices(opened, { paths: [], exclude: [] })).toEqual([
    expect.stringMatching(/sparse\. .*: 2 files .*web\/b\.js, web\/c\.js/),
  ])
  expect(await absenceNotices(opened, { paths: [], exclude: ['web'] })).toEqual([])
})
