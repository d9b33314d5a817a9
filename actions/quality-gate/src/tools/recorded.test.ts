import { describe, expect, it } from 'vitest'
import { casesOf } from '../../../../test/tools/cases.ts'
import { expectedOf } from '../../../../test/tools/expected.ts'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { summarise } from '../../../../test/tools/summary.ts'
import { tools } from './index.ts'
import { packagePath } from './python-files.ts'

describe.each(tools.map((tool) => [tool.id, tool] as const))('%s, on recorded output', (id, tool) => {
  // Odd names and columns have tests of their own.
  const cases = casesOf(id).filter(({ name }) => name !== 'odd-names' && name !== 'wide-characters')
  it.each(cases)('$name', async ({ name }) => {
    const expected = expectedOf(id, name)
    expect(expected).toBeDefined()
    expect(await summarise(tool, readRecorded(tool, name))).toMatchObject(expected ?? {})
  })
})

describe.each(tools.map((tool) => [tool.id, tool] as const))('%s', (_, tool) => {
  it('gets names that look like options or need quotes back as they are', async () => {
    const outputs = readRecorded(tool, 'odd-names')
    const known = outputs[0]?.request.project.files ?? []
    for (const output of outputs) {
      expect(output.invocation.exitCodes).toContain(output.exitCode)
      const { findings, measurements = [] } = await tool.parse(output)
      const named = findings.map(({ location }) => packagePath(location?.path ?? '', output.request.project))
      const measured = measurements.flatMap(({ path }) => path ?? [])
      expect(known).toEqual(expect.arrayContaining([...named, ...measured]))
      if (named.length > 0) expect(new Set(named)).toEqual(new Set(known))
    }
  })
})

it.each(['ruff', 'flake8', 'pylint', 'pyright'])('%s counts columns in the unit that it says', async (id) => {
  const tool = tools.find((each) => each.id === id)
  const [output] = tool === undefined ? [] : readRecorded(tool, 'wide-characters')
  const result = output && (await tool?.parse(output))
  const place = result?.findings.find(({ message }) => /undefined_name/.test(message))?.location
  const before = 'NAME = "\u00e9\u{1f40d}"; print(NAME, '
  const units = {
    utf8: new TextEncoder().encode(before).length,
    codepoint: [...before].length,
    utf16: before.length,
  }
  expect(place?.column).toBe(units[place?.columnUnit ?? 'codepoint'] + 1)
})

it.each([
  ['mypy', 'syntax-error', 12],
  ['mypy', 'findings', 1],
  ['black', 'syntax-error', 12],
  ['ruff-format', 'syntax-error', 12],
  ['type-coverage', 'syntax-error', 12],
])('%s, %s: the first finding is in column %i', async (id, name, column) => {
  const tool = tools.find((each) => each.id === id)
  const [output] = tool === undefined ? [] : readRecorded(tool, name)
  expect((output && (await tool?.parse(output)))?.findings[0]?.location?.column).toBe(column)
})
