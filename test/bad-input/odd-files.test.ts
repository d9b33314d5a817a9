/** Files with names, contents and ends that tools are not made for. */
import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  commitAll,
  scratchFolder,
  scratchRepository,
  writeTree,
} from '../../packages/shared/src/git/test/scratch.ts'
import { nodeProcesses } from '../../packages/shared/src/host/node/processes.ts'
import type { Processes } from '../../packages/shared/src/host/ports.ts'
import { clean, expectNotGreen, expectWrongInput, good, useGate } from './gate-run.ts'

const run = useGate()
const perFile = ['black', 'isort', 'ruff-format', 'ruff', 'flake8', 'pylint', 'docstrings'].join('\n')

describe('a name', () => {
  const names = [
    '-dash.py',
    '@at.py',
    '--config=x.py',
    'app/quo\'te".py',
    'app/ünï.py',
    'app/a;b $(x).py',
    'app/br[a]{c}*.py',
    'app/100%25.py',
    'app/<b>&.py',
  ]

  test('that a shell, an option or a glob could misread reaches every tool', async () => {
    const tools = ['ruff', 'black', 'flake8', 'pylint', 'mypy', 'pyright']
    const wrong = '"""Odd."""\n\nX = {  1: undefined_name}\n'
    const folder = scratchRepository({ ...clean, ...Object.fromEntries(names.map((name) => [name, wrong])) })
    const end = await run(folder, { tools: tools.join('\n') })
    expectNotGreen(end)
    const filesOf = (tool: string) =>
      new Set(end.report.findings.flatMap((each) => (each.tool === tool ? (each.location?.path ?? '') : [])))
    for (const tool of tools) {
      expect(end.runsOf(tool)).toMatchObject([{ status: 'findings' }])
      expect([...filesOf(tool)].sort(), tool).toEqual([...names].sort())
    }
  })

  test('with a line break is refused, unless it is left out', async () => {
    const folder = scratchRepository({ ...clean, 'app/new\nline.py': 'import os\n' })
    expectWrongInput(await run(folder, { tools: perFile }), /"app\/new\\nline\.py" has a line break/)
    expect((await run(folder, { tools: 'ruff', exclude: 'app/new*' })).verdict).toBe('passed')
  })
})

describe('a link', () => {
  test('that leads out of the repository is not followed', async () => {
    const outside = scratchFolder()
    writeTree(outside, { 'secret.py': 'PASSWORD = undefined_name\n' })
    const folder = scratchRepository(clean)
    symlinkSync(join(outside, 'secret.py'), join(folder, 'app/link.py'))
    symlinkSync(outside, join(folder, 'folder'))
    symlinkSync('circle.py', join(folder, 'app/circle.py'))
    commitAll(folder)
    const end = await run(folder, { tools: perFile })
    expect(end.verdict, end.said).toBe('passed')
    expect(JSON.stringify(end.report)).not.toContain('PASSWORD')
  })

  test('to configuration of the repository counts as that configuration', async () => {
    const folder = scratchRepository({ ...clean, 'shared/flake8.ini': '[flake8]\nselect = E\n' })
    symlinkSync('shared/flake8.ini', join(folder, '.flake8'))
    commitAll(folder)
    expect((await run(folder)).runsOf('flake8')[0]?.status).toBe('clean')
  })
})

describe('content', () => {
  test('with the line ends of Windows is no finding', async () => {
    const folder = scratchRepository({ ...clean, 'app/crlf.py': good.replaceAll('\n', '\r\n') })
    const end = await run(folder, { tools: `${perFile}\nmypy\npyright` })
    expect(end.verdict, end.said).toBe('passed')
  })

  test('of many megabytes is measured all the same', async () => {
    const rows = 1_500_000
    const folder = scratchRepository({
      ...clean,
      'app/huge.py': `DATA = [\n${'    12345678,\n'.repeat(rows)}]\n`,
    })
    const end = await run(folder, { tools: 'ruff' })
    expect(end.verdict, end.said).toBe('passed')
    expect(JSON.stringify(end.report.blocks)).toMatch(/1.?500.?007 lines/)
  })

  test('that makes a message of a thousand lines and more', async () => {
    const name = 'z'.repeat(200_000)
    const fields = Array.from({ length: 1200 }, (_, index) => `    field_${index}: int`).join('\n')
    const folder = scratchRepository({
      ...clean,
      'app/long.py': `${name}\n`,
      'app/wide.py': `from typing import TypedDict\n\n\nclass Wide(TypedDict):\n${fields}\n\n\nX: Wide = {"a": 1}\n`,
    })
    const end = await run(folder, { tools: 'ruff\nmypy\npylint', gate: 'type-errors == 0' })
    expectNotGreen(end, /`type-errors` is 3, must be 0/)
    expect(end.runsOf('mypy')).toMatchObject([{ status: 'findings' }])
    expect(end.report.findings.every(({ message }) => !message.includes('\n'))).toBe(true)
    expect(Math.max(...end.log.split('\n').map((line) => line.length))).toBeLessThan(10_000)
  })
})

/** Not by isort, which passes over it: there are no imports left to sort. */
describe('a file that is deleted after the files were listed', () => {
  const deleting = (path: string): Partial<Processes> => {
    const real = nodeProcesses(new AbortController().signal)
    return {
      run: (request) => {
        if (request.args.some((arg) => arg.endsWith('good.py'))) rmSync(path, { force: true })
        return real.run(request)
      },
    }
  }

  test.each(['black', 'ruff', 'pylint', 'docstrings', 'cognitive-complexity'])(
    'is missed by %s',
    async (tools) => {
      const folder = scratchRepository(clean)
      writeFileSync(join(folder, 'app/other.py'), good.replace('add', 'sum_up'))
      expectNotGreen(await run(folder, { tools }, { processes: deleting(join(folder, 'app/good.py')) }))
    },
  )
})
