import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { notShownAnnotation, planAnnotations, singleAnnotations } from './annotations.ts'
import { renderCheckRun } from './check-run.ts'
import { sampleFinding, sampleTool } from './test/builders.ts'
import { failedReport, manyReport, passedReport, sampleReports } from './test/sample-reports.ts'
import { utf8Bytes } from './visible.ts'

describe('planAnnotations', () => {
  it('keeps at most so many of each level, and counts the rest', () => {
    const plan = planAnnotations(manyReport)
    const levels = Map.groupBy(plan.annotations, ({ level }) => level)
    expect([...levels.values()].map((group) => group.length)).toEqual([9, 9, 9])
    expect(plan.notShown).toBe(312 - 27)
    expect(planAnnotations(manyReport, { perLevel: 2 })).toMatchObject({ notShown: 306 })
  })

  it('takes what decided first, and folds repeats into one', () => {
    const [first, second] = planAnnotations(failedReport).annotations.filter(
      ({ path }) => path === 'orders/pricing.py',
    )
    expect(first?.title).toBe('mypy return-value')
    expect(second).toMatchObject({
      line: 91,
      title: 'mypy union-attr',
      message: 'Item "None" of "Order | None" has no attribute "total" (7 times, up to line 131)',
    })
  })

  it('says how to repair, in a sentence of its own', () => {
    const fix = [{ path: 'a.py', line: 1, column: 1, endLine: 1, endColumn: 2, text: '' }]
    const messages = ['Unused', 'Black would reformat these lines.'].map((message) => {
      const findings = [sampleFinding({ message, fix })]
      return planAnnotations({ ...failedReport, findings }).annotations[0]?.message
    })
    expect(messages).toEqual([
      'Unused. Repaired by: ci-actions quality-gate --fix',
      'Black would reformat these lines. Repaired by: ci-actions quality-gate --fix',
    ])
  })

  it('names a tool that is behind another once', () => {
    const tools = [sampleTool('complexity', 'Cyclomatic complexity (Ruff C901)')]
    const findings = [sampleFinding({ tool: 'complexity', rule: 'C901' })]
    const [annotation] = planAnnotations({ ...failedReport, tools, findings }).annotations
    expect(annotation?.title).toBe('Cyclomatic complexity C901')
  })

  it('shows nothing that does not count, was fixed or is suppressed', () => {
    expect(planAnnotations(passedReport)).toEqual({ annotations: [], notShown: 0 })
    const findings = [
      sampleFinding({ state: 'fixed' }),
      sampleFinding({ suppression: { reason: 'r', source: 'policy' } }),
    ]
    expect(planAnnotations({ ...failedReport, findings })).toEqual({ annotations: [], notShown: 0 })
  })

  it('carries columns on one line only', () => {
    const at = (location: NonNullable<ReturnType<typeof sampleFinding>['location']>) =>
      planAnnotations({ ...manyReport, findings: [sampleFinding({ location })] }).annotations[0]
    expect(at({ path: 'a.py', line: 3, endLine: 5, column: 2, endColumn: 4 })).toMatchObject({
      line: 3,
      endLine: 5,
    })
    expect(at({ path: 'a.py', line: 3, endLine: 5, column: 2 })).not.toHaveProperty('column')
    expect(at({ path: 'a.py', line: 3, column: 2, endColumn: 4 })).toMatchObject({ column: 2, endColumn: 4 })
    expect(at({ path: 'a.py' })).toMatchObject({ path: 'a.py', line: 1 })
    expect(at({ path: '/usr/x.py', line: 3, outside: true })).not.toHaveProperty('path')
  })

  it('says what is not shown', () => {
    expect(notShownAnnotation(planAnnotations(manyReport), manyReport)?.message).toBe(
      'Annotations show 27 of 312 problems. The job summary has more, the report folder all of them.',
    )
    expect(notShownAnnotation({ annotations: [], notShown: 0 }, manyReport)).toBeUndefined()
  })

  it('counts each finding once, shown or not', () => {
    const level = fc.constantFrom('error' as const, 'warning' as const, 'note' as const)
    const finding = fc.record({
      level,
      message: fc.constantFrom('a', 'b', 'c'),
      line: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (given, perLevel) => {
        const findings = given.map((one) => sampleFinding(one))
        const plan = planAnnotations({ ...manyReport, findings }, { perLevel })
        const shown = plan.annotations.reduce(
          (sum, { message }) =>
            sum + (message.includes('(also in line') ? 2 : Number(/\((\d+) times/.exec(message)?.[1] ?? 1)),
          0,
        )
        expect(shown + plan.notShown).toBe(findings.length)
      }),
    )
  })

  it('has messages of at most 4,096 characters without controls', () => {
    const findings = [sampleFinding({ message: `\u001b[31m${'x'.repeat(9000)}\n::error::x` })]
    const [annotation] = planAnnotations({ ...manyReport, findings }).annotations
    expect(annotation?.message).toHaveLength(4096)
    expect(annotation?.message).not.toMatch(/\p{Cc}/u)
  })
})

describe('renderCheckRun', () => {
  it.each(Object.entries(sampleReports))('%s stays in the limits', (_, report) => {
    const { title, summary } = renderCheckRun(report)
    expect(title.length).toBeLessThanOrEqual(255)
    expect(title).not.toMatch(/\p{Cc}/u)
    expect(utf8Bytes(summary)).toBeLessThanOrEqual(65_535)
  })

  it('has every finding that counts, each by itself', () => {
    expect(renderCheckRun(failedReport).annotations).toHaveLength(14)
    expect(renderCheckRun(manyReport)).toMatchObject({ total: 312 })
    expect(singleAnnotations(manyReport, 50)).toEqual(singleAnnotations(manyReport, 312).slice(0, 50))
  })
})
