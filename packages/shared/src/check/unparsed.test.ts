import { expect, test } from 'vitest'
import { UserError } from '../action/errors.ts'
import type { Project } from '../tool/project.ts'
import { parseConfigFile } from './config-file.ts'
import { describeUnparsed, refuseUnparsed } from './unparsed.ts'

function project(name: string, ...files: readonly (readonly [path: string, text: string])[]): Project {
  const configuration = files.map(([path, text]) => parseConfigFile(path, text))
  return { name, root: '/w', folder: '', pythonFiles: [], files: [], configuration, firstParty: [] }
}

const broken = ['pyproject.toml', '[tool\n'] as const
const projects = [
  project('a', broken, ['uv.lock', '[broken\n']),
  project('b', broken, ['tox.ini', '[tox]\n']),
]

test('a run that takes its tools from broken configuration is refused, each file once', () => {
  const refusal = (tools: readonly string[]) => () => refuseUnparsed(projects, tools)
  expect(refusal([])).toThrow(UserError)
  expect(refusal(['default', 'ruff'])).toThrow(/^`pyproject\.toml` does not parse \(line 1.*list the tools/)
  expect(refusal([])).not.toThrow(/uv\.lock/)
  expect(refusal(['ruff'])).not.toThrow()
  expect(() => refuseUnparsed([project('', ['ruff.toml', ''])], [])).not.toThrow()
})

test('a run with tools of its own says what has no effect', () => {
  expect(describeUnparsed(projects)).toEqual([
    expect.stringMatching(/^`pyproject\.toml` does not parse .*no|nothing/),
  ])
})
