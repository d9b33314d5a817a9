/** Tools and findings of the sample reports. */
import type { Finding } from '../../finding/finding.ts'
import type { ToolRun } from '../../tool/tool.ts'
import { sampleFinding, sampleTool } from './builders.ts'

export const ruff = sampleTool('ruff', 'Ruff', {
  status: 'findings',
  version: '0.17.6',
  versionSource: 'project-lock',
  versionFrom: 'uv.lock',
  findings: 61,
  new: 2,
})
export const black = sampleTool('black', 'Black', { version: '26.10.1', seconds: 0.6 })
export const isort = sampleTool('isort', 'isort', { version: '9.0.2', seconds: 0.2 })
export const pylint = sampleTool('pylint', 'Pylint', {
  status: 'findings',
  version: '4.1.4',
  versionSource: 'project-environment',
  findings: 148,
  new: 2,
  remembered: 0,
  seconds: 9.8,
})
export const mypy = sampleTool('mypy', 'mypy', {
  status: 'findings',
  version: '2.4.1',
  versionSource: 'resolved',
  versionFrom: '.pre-commit-config.yaml',
  findings: 17,
  new: 9,
  remembered: 0,
  seconds: 1.4,
})
export const flake8: ToolRun = {
  id: 'flake8',
  name: 'Flake8',
  status: 'skipped',
  why: 'not configured in this project',
  seconds: 0,
  findings: 0,
  files: 0,
  remembered: 0,
  notices: [
    {
      level: 'warning',
      message: '`[tool.flake8]` in `pyproject.toml` has no effect: Flake8 does not read that file.',
    },
  ],
  commands: [],
}

function at(
  line: number,
  tool: string,
  rule: string,
  message: string,
  given: Partial<Finding> = {},
): Finding {
  const metric =
    tool === 'mypy' ? 'type-errors' : tool === 'complexity' ? 'complexity-over-limit' : 'lint-errors'
  return sampleFinding({ path: 'orders/pricing.py', line, tool, rule, message, metric, ...given })
}

export const newFindings: readonly Finding[] = [
  at(88, 'mypy', 'return-value', 'Incompatible return value type (got "str", expected "Decimal")'),
  ...[91, 94, 99, 104, 118, 127, 131].map((line) =>
    at(line, 'mypy', 'union-attr', 'Item "None" of "Order | None" has no attribute "total"'),
  ),
  at(88, 'complexity', 'complexity', '`price()` has a complexity of 22, limit 15', {
    level: 'warning',
    help: undefined,
  }),
  at(102, 'ruff', 'F821', 'Undefined name `currency`'),
  at(17, 'ruff', 'F401', '`os` imported but unused', {
    location: { path: 'orders/api.py', line: 17, column: 8, endLine: 17, endColumn: 10 },
    fix: [{ path: 'orders/api.py', line: 17, column: 1, endLine: 18, endColumn: 1, text: '' }],
  }),
  at(44, 'mypy', 'call-arg', 'Too few arguments for "charge"', {
    location: { path: 'orders/api.py', line: 44 },
  }),
  at(60, 'pylint', 'E1101', "Instance of 'Gateway' has no 'refund' member", {
    location: { path: 'orders/api.py', line: 60, column: 5 },
  }),
  at(3, 'pylint', 'E0401', "Unable to import 'orders.helpers'", {
    location: { path: 'tests/test_api.py', line: 3 },
  }),
]

export function olderFindings(total: number): readonly Finding[] {
  return Array.from({ length: total }, (_, index) =>
    sampleFinding({
      path: `orders/legacy/part_${index % 20}.py`,
      line: 3 + index,
      tool: 'pylint',
      rule: 'C0116',
      level: 'warning',
      message: 'Missing function or method docstring',
      metric: 'lint-warnings',
      state: 'unchanged',
    }),
  )
}
