import { describe, expect, it } from 'vitest'
import { casesOf } from '../../../../test/tools/cases.ts'
import { expectedOf } from '../../../../test/tools/expected.ts'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { summarise } from '../../../../test/tools/summary.ts'
import { tools } from './index.ts'
import { asGiven } from './scope.ts'

const recorded = tools.filter(({ id }) => casesOf(id).length > 0).map((tool) => [tool.id, tool] as const)

describe.each(recorded)('%s, on recorded output', (id, tool) => {
  it.each(casesOf(id).filter(({ name }) => name !== 'odd-names'))('$name', async ({ name }) => {
    const expected = expectedOf(id, name)
    expect(expected).toBeDefined()
    expect(await summarise(tool, readRecorded(tool, name))).toMatchObject(expected ?? {})
  })
})

const withOddNames = recorded.filter(([id]) => casesOf(id).some(({ name }) => name === 'odd-names'))

it.each(withOddNames)(
  '%s gets names that look like options or need quotes back as they are',
  async (_, tool) => {
    const outputs = readRecorded(tool, 'odd-names')
    const named = new Set<string>()
    for (const output of outputs) {
      expect(output.invocation.exitCodes).toContain(output.exitCode)
      const { findings } = await tool.parse(output)
      for (const { location } of findings) named.add(relative(location?.path ?? ''))
    }
    expect(named).toEqual(new Set(outputs[0]?.request.files))
  },
)

/** Some print absolute paths; the core knows where they start. */
function relative(printed: string): string {
  return asGiven(printed.replace(/^\/project\//, ''))
}
