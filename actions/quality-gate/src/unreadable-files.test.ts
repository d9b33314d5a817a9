import type { CheckResults, Finding, MetricPart } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { expectedOf } from '../../../test/tools/expected.ts'
import { readRecorded } from '../../../test/tools/recorded.ts'
import { tools } from './tools/index.ts'
import { countUnreadable } from './unreadable-files.ts'

/** What the real tool printed about a project with one file that does not parse, as the core hands it on. */
async function partOf(id: string): Promise<MetricPart> {
  const tool = tools.find((each) => each.id === id)
  if (tool === undefined) throw new Error(`no tool ${id}`)
  const results = await Promise.all(
    readRecorded(tool, 'syntax-error').map(async (output) => tool.parse(output)),
  )
  const findings = results.flatMap((result) => result.findings)
  return {
    tool: id,
    metrics: tool.metrics,
    findings: findings.map(({ rule, level, message, location }): Finding => {
      const path = location?.path ?? ''
      return { tool: id, rule, level, message, location: { path }, fingerprint: path, state: 'new' }
    }),
    measurements: [],
    compared: 'exact',
  }
}

function resultsOf(part: MetricPart): CheckResults {
  const size = { files: 1, lines: 1 }
  // Nothing but the part is looked at.
  const compared = [{ part }] as unknown as CheckResults['compared']
  return { compared, projects: [], size, baseSize: size, hasBase: true, extra: [] }
}

const measuring = ['type-coverage', 'complexity', 'cognitive-complexity', 'docstrings']
const blind = ['duplication']
const readers = tools.map(({ id }) => id).filter((id) => ![...measuring, ...blind].includes(id))

it.each(readers)('%s names the file that does not parse', async (id) => {
  expect(expectedOf(id, 'syntax-error')).toBeDefined()
  const [part] = countUnreadable(resultsOf(await partOf(id)))
  expect(part).toMatchObject({ tool: id, metrics: ['syntax-errors'], compared: 'exact' })
  expect(part?.findings.length).toBeGreaterThan(0)
  for (const finding of part?.findings ?? [])
    expect(finding).toMatchObject({ metric: 'syntax-errors', state: 'new' })
})

it.each(measuring)('%s counts such files by itself', async (id) => {
  expect(tools.find((tool) => tool.id === id)?.metrics).toContain('syntax-errors')
  expect(countUnreadable(resultsOf(await partOf(id)))).toEqual([])
})

it('a tool that failed counts nothing', async () => {
  expect(countUnreadable(resultsOf({ ...(await partOf('mypy')), metrics: [] }))).toEqual([])
})
