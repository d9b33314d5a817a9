/** Parts of reports, each with everything in it; tests name only what they are about. */
import type { Finding, Level } from '../../finding/finding.ts'
import type { Outcome, Rule, RuleOutcome } from '../../gate/rule.ts'
import type { ToolRun } from '../../tool/tool.ts'

export function sampleFinding(given: Partial<Finding> & { line?: number; path?: string } = {}): Finding {
  const { line = 1, path = 'orders/api.py', ...rest } = given
  return {
    tool: 'ruff',
    rule: 'F401',
    level: 'error',
    message: '`os` imported but unused',
    location: { path, line, column: 1, endLine: line, endColumn: 10 },
    help: 'https://docs.astral.sh/ruff/rules/unused-import',
    metric: 'lint-errors',
    fingerprint: `${path}${line}`.replace(/\W/g, '').padEnd(16, '0').slice(0, 16),
    state: 'new',
    ...rest,
  }
}

export function sampleRule(text: string, given: Partial<Rule> = {}): Rule {
  const [, warn, variant, metric = '', comparator, limit] =
    /^(warn )?(new\.|delta\.)?([\w-]+) ([=<>]+) ([\d.]+)$/.exec(text) ?? []
  return {
    text,
    warn: warn !== undefined,
    variant: variant === 'new.' ? 'new' : variant === 'delta.' ? 'delta' : 'value',
    metric,
    labels: {},
    optional: false,
    comparator: comparator === '==' || comparator === '<' || comparator === '<=' ? comparator : '>',
    limit: Number(limit ?? 0),
    unit: metric === 'score' ? 'points' : 'count',
    source: 'default',
    ...given,
  }
}

export function sampleOutcome(text: string, outcome: Outcome, given: Partial<RuleOutcome> = {}): RuleOutcome {
  const rule = sampleRule(text)
  const decides = !rule.warn && (outcome === 'failed' || outcome === 'not-measured')
  return { rule, outcome, tools: ['ruff'], message: '', decides, ...given }
}

export function sampleTool(id: string, name: string, given: Partial<ToolRun> = {}): ToolRun {
  return {
    id,
    name,
    status: 'clean',
    version: '1.2.3',
    versionSource: 'suite-lock',
    seconds: 0.4,
    findings: 0,
    new: 0,
    files: 267,
    remembered: 261,
    notices: [],
    commands: [{ command: [id, '.'], cwd: '.', exitCode: 0, ended: 'exited', seconds: 0.4 }],
    ...given,
  }
}

/** `total` different findings in files of eight. */
export function manyFindings(total: number): readonly Finding[] {
  const levels: readonly Level[] = ['error', 'warning', 'warning', 'note']
  return Array.from({ length: total }, (_, index) =>
    sampleFinding({
      path: `src/package_${Math.floor(index / 80)}/module_${Math.floor(index / 8)}.py`,
      line: 1 + ((index * 7) % 400),
      tool: index % 3 === 0 ? 'pylint' : 'ruff',
      rule: `E${500 + (index % 40)}`,
      level: levels[index % 4] ?? 'note',
      message: `Line ${index} has "name_${index}" where a 'name' was expected`,
      state: 'unknown',
    }),
  )
}
