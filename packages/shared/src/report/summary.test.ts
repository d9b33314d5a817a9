import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderComment } from './comment.ts'
import type { Report } from './report.ts'
import { renderSummary } from './summary.ts'
import { manyFindings, sampleFinding, sampleTool } from './test/builders.ts'
import {
  bugReport,
  cancelledReport,
  failedReport,
  incompleteReport,
  manyReport,
  monorepoReport,
  passedReport,
  sampleReports,
  unavailableReport,
  userErrorReport,
} from './test/sample-reports.ts'
import { expectSound } from './test/sound-markdown.ts'
import { utf8Bytes } from './visible.ts'

const whole = { maxBytes: 1024 * 1024 }
const lines = (report: Report): readonly string[] => renderSummary(report, whole).split('\n')
const title = (report: Report): string => lines(report)[0] ?? ''

describe('the title', () => {
  it.each([
    [failedReport, '## ❌ Quality gate failed: `score` is 71.4, must be above 80'],
    [
      { ...failedReport, enforced: false },
      '## ❌ Quality gate failed (not enforced): `score` is 71.4, must be above 80',
    ],
    [passedReport, '## ✅ Quality gate passed'],
    [{ ...passedReport, rules: failedReport.rules.slice(4) }, '## ✅ Quality gate passed, with 1 warning'],
    [incompleteReport, '## ❓ Quality gate is incomplete: mypy failed'],
    [cancelledReport, '## 🚫 Quality gate was cancelled'],
    [
      userErrorReport,
      '## ⛔ Quality gate did not run: `gate` line 2: there is no metric `lint-error`; did you mean `lint-errors`?',
    ],
    [
      unavailableReport,
      '## 🔌 Quality gate could not finish: the package index: no answer after 4 tries in 62 s (connection reset). Running it again may help.',
    ],
    [bugReport, '## 🐞 Quality gate broke off: an error in ci-actions itself'],
    [monorepoReport, '## ❌ Quality gate (services) failed: `score` is 71.4, must be above 80'],
  ])('%#', (report, text) => {
    expect(title(report)).toBe(text)
  })

  it('names the tool that failed where that is the reason', () => {
    const tools = [
      sampleTool('mypy', 'mypy', { status: 'failed' }),
      sampleTool('ruff', 'Ruff', { status: 'failed' }),
    ]
    const reasons = [
      { code: 'rule-failed', rule: 'tools-failed == 0', message: '`tools-failed` is 2, must be 0' },
    ]
    expect(title({ ...failedReport, tools, reasons })).toBe(
      '## ❌ Quality gate failed: mypy and 1 more tool failed',
    )
  })
})

describe('the first screen', () => {
  it('tells in one line what is new, old, and how long it took', () => {
    expect(lines(failedReport)[2]).toBe(
      '**2 of 5 rules failed** · 14 new problems at 13 places in 3 files · 212 older ones do not count here · 11 s, 261 of 267 files remembered',
    )
  })

  it('has each rule with now, base and source, what failed first', () => {
    expect(lines(failedReport).slice(4, 11)).toEqual([
      '|  | rule | now | base | from |',
      '|:-:|:--|--:|--:|:--|',
      '| ❌ | `score > 80` | **71.4** | 82.9 | all tools |',
      '| ❌ | `new.type-errors < 5` | **9** | – | mypy |',
      '| ⚠️ | warn `complexity-max <= 15` | 22 | 14 | `price()` |',
      '| ✅ | `formatting-issues == 0` | 0 | 0 | Black, isort |',
      '| ✅ | `new.lint-errors < 10` | 4 | – | Ruff, Pylint |',
    ])
  })

  it('says why a rule has no number, and which rules are left out', () => {
    expect(lines(incompleteReport)).toContain(
      '| ❓ | `type-errors < 5` | – | – | nothing that feeds it gave a result |',
    )
    expect(lines(passedReport)).toContain(
      '<sub>Left out, because no chosen tool measures it: `coverage >= 80`.</sub>',
    )
  })
})

describe('what to fix', () => {
  it('lists the file first that decided most, with repeats folded and linked', () => {
    const files = lines(failedReport).filter((line) => line.startsWith('**`'))
    expect(files).toEqual([
      '**`orders/pricing.py`** · 10 new',
      '**`orders/api.py`** · 3 new',
      '**`tests/test_api.py`** · 1 new',
    ])
    const commit = failedReport.base?.sha
    expect(lines(failedReport)).toContain(
      `| [91](https://github.com/example/orders/blob/${commit}/orders/pricing.py#L91) | ❌ | Item \`None\` of \`Order \\| None\` has no attribute \`total\` — 7 times, up to line 131 | mypy \`union-attr\` |`,
    )
  })

  it('puts a file with what decided before one with more of the rest', () => {
    const findings = [
      ...[1, 2, 3].map((line) => sampleFinding({ path: 'a.py', line, metric: 'lint-warnings' })),
      sampleFinding({ path: 'b.py', metric: 'lint-errors' }),
    ]
    const files = lines({ ...manyReport, findings }).filter((line) => line.startsWith('**`'))
    expect(files).toEqual(['**`b.py`** · 1', '**`a.py`** · 3'])
  })

  it('counts what is not shown', () => {
    expect(renderSummary(manyReport, whole)).toContain(
      '<sub>Showing 100 of 312 problems. All of them are in `ci-actions-report/quality-gate`.</sub>',
    )
    expect(renderSummary(failedReport, whole)).toContain('Not shown: 212 older problems that do not count')
  })

  it('lets no file take all rows', () => {
    const findings = [
      ...Array.from({ length: 200 }, (_, line) =>
        sampleFinding({ path: 'a.py', line, message: `m ${line}` }),
      ),
      sampleFinding({ path: 'b.py' }),
    ]
    const summary = renderSummary({ ...manyReport, findings }, whole)
    expect(summary).toContain('180 more in this file')
    expect(summary).toContain('**`b.py`**')
  })

  it('does not link what is outside the repository', () => {
    const findings = [sampleFinding({ location: { path: '/usr/lib/x.py', line: 3, outside: true } })]
    const summary = renderSummary({ ...manyReport, findings }, whole)
    expect(summary).toContain('| 3 | ❌ |')
    expect(summary).toContain('1, outside the repository')
  })

  it('tells what can be repaired', () => {
    expect(renderSummary(failedReport, whole)).toContain(
      '🔧 1 can be repaired by `ci-actions quality-gate --fix`',
    )
  })
})

describe('a passed report', () => {
  it('is short: nothing in sight but title, context, rules and foot', () => {
    const open = renderSummary(passedReport, whole).replaceAll(/<details>[\s\S]*?<\/details>/g, '')
    expect(open.split('\n').filter((line) => line !== '')).toHaveLength(2 + 6 + 1 + 1)
  })
})

describe('errors', () => {
  it('lists all that is wrong with the inputs', () => {
    const summary = renderSummary(userErrorReport, whole)
    expect(summary).toContain('Nothing was checked. What to change:')
    expect(summary).toContain('- `comment` is `sometimes`; allowed are `off`, `on-failure`, `always`')
  })

  it('shows what a failed tool printed last', () => {
    expect(renderSummary(incompleteReport, whole)).toContain('````text\nTraceback (most recent call last):')
  })
})

describe('any budget', () => {
  it.each(Object.entries(sampleReports))('%s fits and stays whole', (_, report) => {
    const links = /^https:\/\/github\.com\/(?:example\/orders\/blob\/|org\/ci-actions\/issues$)/
    expectSound(renderSummary(report, whole), links)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), (maxBytes) => {
        const summary = renderSummary(report, { maxBytes })
        expect(utf8Bytes(summary)).toBeLessThanOrEqual(maxBytes)
        expectSound(summary, links)
      }),
      { numRuns: 25 },
    )
  })

  it('keeps the title longest', () => {
    const smallest = utf8Bytes(title(failedReport)) + 2
    expect(renderSummary(failedReport, { maxBytes: smallest })).toBe(`${title(failedReport)}\n\n`)
  })

  it('counts what the budget took as well', () => {
    const summary = renderSummary(manyReport, { maxBytes: 4000 })
    const shown = Number(/Showing (\d+) of 312/.exec(summary)?.[1])
    expect(shown).toBeGreaterThan(5)
    expect(summary.match(/^\| \[/gm)).toHaveLength(shown)
  })
})

describe('arbitrary findings', () => {
  it('stay in their cells', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    const finding = fc.record({ message: text, rule: text, tool: text, path: text, line: fc.nat(99) })
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 8 }), (given) => {
        const findings = given.map((one) => sampleFinding({ ...one, line: one.line + 1 }))
        expectSound(
          renderSummary({ ...manyReport, findings }, whole),
          /^https:\/\/github\.com\/example\/orders\/blob\//,
        )
      }),
      { numRuns: 100 },
    )
  })
})

describe('renderComment', () => {
  it('begins with the marker and holds at most 65,536 bytes', () => {
    const findings = manyFindings(3000).map((finding) => ({ ...finding, message: 'ü'.repeat(3000) }))
    const comment = renderComment(
      {
        ...manyReport,
        findings,
        notices: Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(400)}`),
      },
      '<!-- m -->',
    )
    expect(comment.startsWith('<!-- m -->\n## ❌')).toBe(true)
    expect(utf8Bytes(comment)).toBeLessThanOrEqual(65_536)
    expect(utf8Bytes(comment)).toBeGreaterThan(60_000)
  })
})
