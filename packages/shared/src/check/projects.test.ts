import { describe, expect, test } from 'vitest'
import { UserError } from '../action/errors.ts'
import { openRepository } from '../git/repository.ts'
import { scratchHost, scratchRepository, writeTree } from '../git/test/scratch.ts'
import type { Files } from '../host/ports.ts'
import { memoryFiles, recordingHost } from '../host/recording/index.ts'
import { gatherProjects } from './projects.ts'

const everything = { paths: [], exclude: [] }
const only = [{ name: '', folder: '', rules: [] }]

function walk(files: Files) {
  return gatherProjects(recordingHost({ files }), undefined, { top: '/w', packages: only, ...everything })
}

describe('without git', () => {
  test('the folder is walked, past what is nobody’s source', async () => {
    const names = [
      'a.py',
      'b/c.py',
      '.venv/x.py',
      'venv/x.py',
      'node_modules/x.py',
      'b/__pycache__/x.py',
      'dist/x.py',
      '.github/scripts/d.py',
    ]
    const [project] = await walk(memoryFiles(Object.fromEntries(names.map((name) => [`/w/${name}`, '']))))
    expect(project?.pythonFiles).toEqual(['.github/scripts/d.py', 'a.py', 'b/c.py'])
  })

  test('a folder that cannot be looked into is not taken for empty', async () => {
    const files = memoryFiles({ '/w/a.py': '', '/w/closed/b.py': '' })
    const list = (path: string) =>
      path.endsWith('closed') ? Promise.reject(new Error('EACCES: permission denied')) : files.list(path)
    const walked = walk({ ...files, list })
    await expect(walked).rejects.toThrow(UserError)
    await expect(walked).rejects.toThrow(/`closed` cannot be read \(EACCES/)
  })

  test('a folder without end is refused, not judged by its first part', async () => {
    const files = memoryFiles({ '/w/a.py': '' })
    const names = Array.from({ length: 1000 }, (_, index) => `f${index}.py`)
    const endless: Files = {
      ...files,
      list: async () => ['more', ...names],
      status: async (path) => ({ kind: path.endsWith('more') ? 'folder' : 'file', bytes: 0, modifiedMs: 0 }),
    }
    await expect(walk(endless)).rejects.toThrow(/more than 200,000 files/)
  })
})

test('with git each package has its own files, without what is ignored or generated', async () => {
  const folder = scratchRepository({
    'api/a.py': '',
    'api/made.py': '',
    'web/w.py': '',
    '.gitignore': 'skipped/\n',
    '.gitattributes': 'api/made.py linguist-generated\n',
  })
  writeTree(folder, { 'web/new.py': '', 'skipped/x.py': '' })
  const host = scratchHost(folder)
  const packages = ['api', 'web', 'skipped'].map((name) => ({ name, folder: name, rules: [] }))
  const repository = await openRepository(host, folder)
  const projects = await gatherProjects(host, repository, { top: folder, packages, ...everything })
  expect(projects.map(({ name, pythonFiles }) => [name, pythonFiles])).toEqual([
    ['api', ['a.py']],
    ['web', ['new.py', 'w.py']],
    ['skipped', []],
  ])
})
