/** How severe a result of SARIF is, as far as the tool says it somewhere. Pure. */
import type { JsonRecord, SeverityClaim } from '@ci-actions/shared'
import { severityOfScore, tableClaim } from '@ci-actions/shared'
import type { SarifFacts } from './sarif-facts.ts'

/** What the levels of the standard are taken for, where a tool says nothing about risk. */
const ofLevel = { error: 'high', warning: 'medium', note: 'low' } as const

/** Properties in which tools write a word for the severity. */
const wordProperties = ['cvssV3_severity', 'severity', 'Severity', 'zizmor/severity', 'issue_severity']

const scoreProperties = ['security-severity', 'cvssv3_baseScore', 'cvss_score']

/** Of tools whose words and rules have a table of their own. */
const tabled = new Set([
  'gitleaks',
  'trufflehog',
  'detect-secrets',
  'hadolint',
  'actionlint',
  'semgrep',
  'eslint',
])

/**
 * Claims, not one answer. A number is `security-severity`, of the result or its rule, or a base score of CVSS; where
 * that is no number (`null`, `undefined`, `High`), it is at most a word.
 */
export function claimsOf(facts: SarifFacts): readonly SeverityClaim[] {
  const scores = [facts.properties, facts.ruleProperties].flatMap((properties) =>
    scoresIn(facts.tool, properties),
  )
  const words = wordsOf(facts)
  const said = [...scores, ...words].filter(({ severity }) => severity !== 'unknown')
  if (said.length > 0) return said
  // No level stands in for what the tool says about risk, and nobody understands.
  if (isNotUnderstood(facts))
    return [{ source: `severity of ${facts.tool} in SARIF`, by: 'word', severity: 'unknown' }]
  if (tabled.has(facts.tool)) return [tableOf(facts)]
  const level = facts.level ?? 'warning'
  const severity = level === 'error' || level === 'warning' || level === 'note' ? ofLevel[level] : 'unknown'
  return [{ source: `level of ${facts.tool} in SARIF`, by: 'table', severity }]
}

/** Words for nothing, for no risk, and for levels, beside which the level itself says as much. */
const saysNothing = /^\s*(?:null|undefined|none|n\/a|error|warning|note|[+-]?0+(?:\.0*)?)?\s*$/i

function isNotUnderstood({ properties, ruleProperties, tags }: SarifFacts): boolean {
  const given = [properties, ruleProperties].flatMap((each) =>
    [...scoreProperties, ...wordProperties].map((name) => each[name]),
  )
  const isOther = (value: unknown) =>
    value !== undefined && value !== null && !saysNothing.test(String(value))
  return given.some(isOther) || tags.includes('UNKNOWN')
}

function scoresIn(tool: string, properties: JsonRecord): readonly SeverityClaim[] {
  return scoreProperties.flatMap((name) => {
    const score = numberIn(properties[name])
    const severity = score === undefined ? 'unknown' : severityOfScore(score)
    if (severity === 'unknown') return []
    const source = name === 'security-severity' ? `security-severity of ${tool}` : tool
    return [{ source, by: 'score', severity, score }] satisfies readonly SeverityClaim[]
  })
}

/** All of it has to be a number: `Number.parseFloat` would make one of `7 days`. */
function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return undefined
  return Number(value)
}

function wordsOf({ tool, properties, ruleProperties, tags }: SarifFacts): readonly SeverityClaim[] {
  if (tool === 'bandit') {
    const [severity, confidence] = [properties['issue_severity'], properties['issue_confidence']]
    if (typeof severity === 'string' && typeof confidence === 'string')
      return [tableClaim(tool, `${severity}/${confidence}`)]
  }
  const given = [properties, ruleProperties].flatMap((each) =>
    [...wordProperties, 'security-severity'].map((name) => each[name]),
  )
  const words = given.filter((word) => typeof word === 'string')
  // Trivy and Docker Scout write it among the tags.
  const tagged = tags.filter((tag) => /^(?:CRITICAL|HIGH|MEDIUM|LOW|NEGLIGIBLE)$/.test(tag))
  return [...words, ...tagged]
    .map((word) => tableClaim(tool, word))
    .filter(({ severity }) => severity !== 'unknown')
}

function tableOf({ tool, rule, level, verified }: SarifFacts): SeverityClaim {
  switch (tool) {
    case 'semgrep':
      return tableClaim(tool, level === 'note' ? 'info' : (level ?? ''))
    case 'eslint':
      return tableClaim('eslint-plugin-security', rule.replace(/^.*\//, ''))
    case 'hadolint':
    case 'actionlint':
      return tableClaim(tool, rule, level === 'note' ? 'info' : (level ?? ''))
    default:
      return tableClaim(tool, verified ? 'verified' : 'unverified')
  }
}
