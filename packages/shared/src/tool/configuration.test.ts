import { describe, expect, test } from 'vitest'
import { readConfiguration } from './configuration.ts'
import { openStage } from './test/stage.ts'

async function digestWith(
  files: Record<string, string>,
  args: readonly string[] = [],
  folder = '',
): Promise<string> {
  const stage = await openStage()
  await stage.write(files)
  const prefix = folder === '' ? '' : `${folder}/`
  const names = Object.keys(files).flatMap((name) =>
    name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  )
  const root = folder === '' ? stage.root : `${stage.root}/${folder}`
  const configuration = Object.entries(files).flatMap(([path, text]) =>
    path === 'pyproject.toml' ? [{ name: path, path, text }] : [],
  )
  const project = { ...stage.project(names), root, folder, configuration }
  return JSON.stringify(await readConfiguration(stage.host.files, project, args))
}

const pyproject =
  '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.11"\n[tool.ruff]\nline-length = 100\n'

describe('readConfiguration', () => {
  test('of pyproject.toml does not see dependencies, versions and comments', async () => {
    const changed = `# new\n${pyproject.replace('version = "1"', 'version = "2"\ndependencies = ["click"]')}`
    expect(await digestWith({ 'pyproject.toml': changed })).toBe(
      await digestWith({ 'pyproject.toml': pyproject }),
    )
  })

  test.each([
    ['a table of a tool', pyproject.replace('100', '99')],
    ['the Python that is supported', pyproject.replace('3.11', '3.12')],
    ['a file that no longer parses', `${pyproject}[`],
  ])('sees %s', async (_, changed) => {
    expect(await digestWith({ 'pyproject.toml': changed })).not.toBe(
      await digestWith({ 'pyproject.toml': pyproject }),
    )
  })

  test.each([
    ['anywhere below', 'deep/down/setup.cfg'],
    ['of an editor', '.editorconfig'],
  ])('sees a file %s', async (_, name) => {
    expect(await digestWith({ [name]: '[a]' })).not.toBe(await digestWith({ [name]: '[b]' }))
  })

  test('does not see hooks, whose versions are known otherwise, nor other files', async () => {
    for (const name of ['.pre-commit-config.yaml', 'data.toml', 'README.md']) {
      expect(await digestWith({ [name]: 'a' })).toBe(await digestWith({}))
    }
  })

  test('sees what configuration names, also above the package, and what that names', async () => {
    const files = (length: number) => ({
      'api/ruff.toml': 'extend = "../shared/base.toml"',
      'shared/base.toml': 'extend = "./more.toml"',
      'shared/more.toml': `line-length = ${length}`,
    })
    expect(await digestWith(files(99), [], 'api')).not.toBe(await digestWith(files(100), [], 'api'))
  })

  test('sees files that arguments name, and nothing outside of the repository', async () => {
    const own = (text: string) => digestWith({ 'ci/own.toml': text }, ['--config=ci/own.toml'])
    expect(await own('a')).not.toBe(await own('b'))
    const outside = (text: string) => digestWith({ '../outside.toml': text }, ['--config', '../outside.toml'])
    expect(await outside('a')).toBe(await outside('b'))
  })
})
