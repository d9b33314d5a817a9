import { describe, expect, it } from 'vitest'
import type { Report } from './report.ts'
import { sarifFiles } from './sarif.ts'
import { sarifProblems } from './sarif-problems.ts'
import { sampleFinding, sampleTool } from './test/builders.ts'
import { manyReport } from './test/sample-reports.ts'

interface Run {
  readonly tool: { readonly driver: { readonly name: string } }
  readonly automationDetails: { readonly id: string }
  readonly results: readonly unknown[]
}

const runsOf = (text: string): readonly Run[] => JSON.parse(text).runs
const namesOf = (text: string) => runsOf(text).map(({ tool }) => tool.driver.name)
const always = () => true
const reportOf = (given: Partial<Report>): Report => ({ ...manyReport, tools: [], findings: [], ...given })

describe('sarifFiles', () => {
  it('has 20 tools a file, each with a category of its own', () => {
    const tools = Array.from({ length: 45 }, (_, index) => sampleTool(`t${index}`, `Tool ${index}`))
    const { files, runs, results } = sarifFiles(reportOf({ tools }), {}, always)
    expect(files.map((file) => runsOf(file).length)).toEqual([20, 20, 5])
    expect({ runs, results }).toEqual({ runs: 45, results: 0 })
    const ids = files.flatMap((file) => runsOf(file).map(({ automationDetails }) => automationDetails.id))
    expect(new Set(ids).size).toBe(45)
    expect(files.flatMap(sarifProblems)).toEqual([])
  })

  it('leaves out who did not look, since that would close alerts, and keeps who had nothing to look at', () => {
    const tools = [
      sampleTool('a', 'Clean'),
      sampleTool('b', 'Failed', { status: 'failed', why: 'no database' }),
      sampleTool('c', 'Skipped', { status: 'skipped', why: 'not chosen' }),
      sampleTool('d', 'Without files', { status: 'not-applicable', why: 'no Dockerfile' }),
      // In one package of two.
      sampleTool('e', 'Half', { status: 'clean' }),
      sampleTool('e', 'Half', { status: 'failed', why: 'crashed' }),
    ]
    const findings = [sampleFinding({ tool: 'e' }), sampleFinding({ tool: 'given' })]
    const { files, withheld, cut } = sarifFiles(reportOf({ tools, findings }), {}, always)
    expect(files.map(namesOf)).toEqual([['Clean', 'Without files', 'given']])
    expect(withheld).toEqual(
      ['Failed', 'Half'].map(
        (name) => `${name} failed and is left out, so that its alerts stay as they are.`,
      ),
    )
    expect(cut).toEqual([])
  })

  it('is empty where nothing ran', () => {
    expect(sarifFiles(reportOf({}), {}, always)).toEqual({
      files: [],
      runs: 0,
      results: 0,
      withheld: [],
      cut: [],
    })
  })

  it('splits what is too large by tools, then takes the most important results, and says so', () => {
    const findings = ['a', 'b', 'c'].flatMap((tool) =>
      Array.from({ length: tool === 'c' ? 1000 : 3 }, (_, index) => sampleFinding({ tool, line: index + 1 })),
    )
    const fits = (text: string) => text.length < 50_000
    const { files, cut, results } = sarifFiles(reportOf({ findings }), {}, fits)
    expect(files.every(fits)).toBe(true)
    expect(files.map(namesOf)).toEqual([['a', 'b'], ['c']])
    const kept = runsOf(files[1] ?? '')[0]?.results.length ?? 0
    expect(kept).toBeGreaterThan(50)
    expect(results).toBe(kept + 6)
    expect(cut).toEqual([`${kept} of 1,000 results of c are sent, the most important ones.`])
  })

  it('ends where nothing would ever fit', () => {
    const findings = [sampleFinding()]
    const { files, cut } = sarifFiles(reportOf({ findings }), {}, () => false)
    expect(files).toHaveLength(1)
    expect(cut).toEqual(['0 of 1 results of ruff are sent, the most important ones.'])
  })
})
