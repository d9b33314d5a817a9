/**
 * A tool whose own configuration leaves out every file has looked at nothing, which is not the same as finding
 * nothing. Without Pylint, which says it of nothing that it prints: it counts ignored modules as linted.
 */
import { expect, test } from 'vitest'
import { scratchRepository } from '../../packages/shared/src/git/test/scratch.ts'
import { clean, expectNotGreen, useGate } from './gate-run.ts'

const run = useGate()

test.each([
  ['black', 'pyproject.toml', "[tool.black]\nforce-exclude = '.*'\n"],
  ['isort', 'pyproject.toml', '[tool.isort]\nskip_glob = ["*"]\n'],
  ['ruff', 'pyproject.toml', '[tool.ruff]\nextend-exclude = ["*"]\n'],
  ['ruff-format', 'pyproject.toml', '[tool.ruff]\nextend-exclude = ["*"]\n'],
  ['flake8', '.flake8', '[flake8]\nexclude = *\n'],
  ['mypy', 'pyproject.toml', '[tool.mypy]\nexclude = [".*"]\n'],
  ['pyright', 'pyproject.toml', '[tool.pyright]\nexclude = ["**"]\n'],
])('%s', async (tools, name, text) => {
  const end = await run(scratchRepository({ ...clean, [name]: text }), { tools })
  expectNotGreen(end, /`tools-failed` is 1/)
  expect(end.runsOf(tools)).toMatchObject([{ status: 'failed' }])
})
