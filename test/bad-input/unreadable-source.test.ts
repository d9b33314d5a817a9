/** Source files that Python cannot read: whatever tools are listed, the verdict is not green, and the file is named. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scratchRepository } from '../../packages/shared/src/git/test/scratch.ts'
import { clean, expectNotGreen, good, useGate } from './gate-run.ts'

const run = useGate()

/** Long enough that one error is far below every limit on density. */
const large = Array.from({ length: 150 }, (_, index) =>
  good.replace('"""Sums."""\n\n\n', '').replace('add', `add_${index}`),
).join('\n\n')
const project = { ...clean, 'app/large.py': `"""Sums."""\n\n\n${large}` }

const readers = ['black', 'isort', 'ruff-format', 'ruff', 'flake8', 'pylint', 'mypy', 'pyright']
const measures = ['type-coverage', 'complexity', 'cognitive-complexity', 'docstrings']

describe('a file with a syntax error', () => {
  test.each([...readers, ...measures])('and `tools: %s` alone', async (tools) => {
    const folder = scratchRepository({ ...project, 'app/broken.py': 'x = = 1\n' })
    const end = await run(folder, { tools })
    expectNotGreen(end)
    const found = end.report.findings.filter(({ location }) => location?.path === 'app/broken.py')
    expect(found.map(({ level }) => level)).toContain('error')
    const [own] = end.runsOf(tools)
    if (own?.status !== 'failed') expectNotGreen(end, /`syntax-errors` is 1, must be 0/)
  })

  test('and a project that configures Ruff alone', async () => {
    const folder = scratchRepository({
      ...project,
      'pyproject.toml': '[tool.ruff]\nline-length = 100\n',
      'app/broken.py': 'x = = 1\n',
    })
    const end = await run(folder)
    expect(end.runsOf('ruff')[0]?.status).toBe('findings')
    expectNotGreen(end, /`syntax-errors` is \d, must be 0/)
    expect(end.report.reasons.map(({ rule }) => rule)).toEqual(['syntax-errors == 0'])
  })

  test('that was there before does not fail `scope: new`, one that the change brings does', async () => {
    const folder = scratchRepository({ ...project, 'app/old.py': 'x = = 1\n' })
    const inputs = { tools: 'ruff\ncomplexity', scope: 'new' }
    expect((await run(folder, inputs)).verdict).toBe('passed')
    writeFileSync(join(folder, 'app/broken.py'), 'x = = 1\n')
    expectNotGreen(await run(folder, inputs), /`new.syntax-errors` is \d, must be 0/)
  })
})

/** Flake8 and Pyright read such a file as if it were in another encoding; the tools that measure then say it. */
describe('a file that is not UTF-8', () => {
  const latin1 = () => {
    const folder = scratchRepository(project)
    writeFileSync(join(folder, 'app/latin.py'), '"""Names."""\n\nNAME = "caf\u00e9"\n', 'latin1')
    return folder
  }

  test.each(['black', 'isort', 'ruff', 'mypy', 'docstrings', 'default, flake8, pyright'])(
    'and `tools: %s`',
    async (tools) => {
      const end = await run(latin1(), { tools: tools.replaceAll(', ', '\n') })
      expectNotGreen(end)
      const found = end.report.findings.filter(({ location }) => location?.path === 'app/latin.py')
      expect(found.map(({ level }) => level)).toContain('error')
    },
  )

  test('is read where it says its encoding', async () => {
    const folder = latin1()
    const text = '# -*- coding: latin-1 -*-\n"""Names."""\n\nNAME = "caf\u00e9"\n'
    writeFileSync(join(folder, 'app/latin.py'), text, 'latin1')
    expect((await run(folder, { tools: 'isort\ntype-coverage\ndocstrings' })).said).not.toContain('latin.py')
  })
})
