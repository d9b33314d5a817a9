/** The language of gate rules; docs/gate.md describes it. */
import { closest } from '../parse/closest.ts'
import { labelValuesOf } from './label-values.ts'
import { parseLimit } from './limit.ts'
import type { MetricDeclaration, MetricDeclarations, Unit } from './metric.ts'
import { printRule } from './print-rule.ts'
import type { Comparator, Rule } from './rule.ts'

/** What people write for comparators, and what they mean. */
const comparatorTypos: Readonly<Record<string, Comparator>> = {
  '=': '==',
  '===': '==',
  '!==': '!=',
  '=>': '>=',
  '=<': '<=',
  '<>': '!=',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
}

/**
 * All rules of a text, one a line, and all that is wrong with it, each problem with its line. Rules without
 * a problem are returned beside problems; a caller with problems should not use them.
 */
export function parseRules(
  text: string,
  metrics: MetricDeclarations,
  source: Rule['source'],
): { readonly rules: readonly Rule[]; readonly problems: readonly string[] } {
  const rules: Rule[] = []
  const problems: string[] = []
  const seen = new Map<string, number>()
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const written = withoutComment(line).trim()
    if (written === '') continue
    const parsed = parseRule(written, metrics, source)
    if ('problem' in parsed) {
      problems.push(`line ${index + 1}: ${parsed.problem}`)
      continue
    }
    const key = printRule(parsed.rule)
    const first = seen.get(key)
    if (first === undefined) rules.push(parsed.rule)
    else problems.push(`line ${index + 1}: \`${parsed.rule.text}\` repeats line ${first}; remove one of them`)
    seen.set(key, first ?? index + 1)
  }
  return { rules, problems }
}

/** A `#` inside a quoted label value belongs to it. */
function withoutComment(line: string): string {
  return /^(?:[^#"]|"(?:[^"\\]|\\.)*"|")*?(?=#|$)/.exec(line)?.[0] ?? line
}

type Parsed = { readonly rule: Rule } | { readonly problem: string }

/** One rule, trimmed and without comment. */
function parseRule(written: string, metrics: MetricDeclarations, source: Rule['source']): Parsed {
  const parts = splitRule(written)
  if ('problem' in parts) return parts
  const { metric, variant } = parts
  const declaration = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined
  if (declaration === undefined) return { problem: unknownMetric(parts.name, metric, metrics) }
  if (variant === 'new' && declaration.counts === undefined) {
    return {
      problem: `\`${parts.name}\`: \`new.\` counts findings, and \`${metric}\` is not counted from findings; use \`delta.${metric}\``,
    }
  }
  const labels = parseLabels(parts.labels, declaration)
  if ('problem' in labels) return { problem: `\`${parts.name}${parts.labels}\`: ${labels.problem}` }
  const limit = parseLimit(parts.limit, declaration.unit, variant)
  if ('problem' in limit) return { problem: `\`${parts.name}\`: ${limit.problem}` }
  const left = `${parts.warn ? 'warn ' : ''}${parts.name}${parts.labels}${parts.optional ? '?' : ''}`
  return {
    rule: {
      text: `${left} ${parts.comparator} ${parts.limit}`,
      warn: parts.warn,
      variant,
      metric,
      labels: labels.values,
      optional: parts.optional,
      comparator: parts.comparator,
      limit: limit.value,
      unit: unitOf(declaration, variant),
      source,
    },
  }
}

/** `new.` is a number of findings; the change of a percentage is in points. */
function unitOf(declaration: MetricDeclaration, variant: Rule['variant']): Unit {
  if (variant === 'new') return 'count'
  return variant === 'delta' && declaration.unit === 'percent' ? 'points' : declaration.unit
}

interface RuleParts {
  readonly warn: boolean
  readonly variant: Rule['variant']
  readonly metric: string
  /** Metric with `new.` or `delta.`. */
  readonly name: string
  /** `.label` or `{…}`, as written; empty for the total. */
  readonly labels: string
  readonly optional: boolean
  readonly comparator: Comparator
  readonly limit: string
}

const ruleShape =
  /^(warn\s+)?((?:new\.|delta\.)?)([\p{L}\d_-]+)(\.[\w-]+|\s*\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?(\??)\s*([=!<>≤≥≠]+)\s*(.*)$/u

function splitRule(written: string): RuleParts | { readonly problem: string } {
  const match = ruleShape.exec(written)
  if (match === null) return { problem: shapeProblem(written) }
  const [, warn, prefix = '', metric = '', labels = '', optional, sign = '', limit = ''] = match
  const meant = Object.hasOwn(comparatorTypos, sign) ? comparatorTypos[sign] : undefined
  if (!isComparator(sign)) {
    const advice = meant === undefined ? 'use one of `== != < <= > >=`' : `did you mean \`${meant}\`?`
    return { problem: `\`${written}\`: \`${sign}\` is no comparator; ${advice}` }
  }
  return {
    warn: warn !== undefined,
    variant: prefix === 'new.' ? 'new' : prefix === 'delta.' ? 'delta' : 'value',
    metric,
    name: `${prefix}${metric}`,
    labels: labels.trim(),
    optional: optional === '?',
    comparator: sign,
    limit: limit.trim().replace(/\s+/g, ' '),
  }
}

function isComparator(sign: string): sign is Comparator {
  return ['==', '!=', '<', '<=', '>', '>='].includes(sign)
}

function shapeProblem(written: string): string {
  const comparator = /[=!<>≤≥≠]/.test(written) ? '' : ' has no comparator'
  const shape = '`[warn] [new.|delta.]metric[.label][?] comparator limit`, for example `lint-errors < 10`'
  return `\`${written}\`${comparator || ' is not a rule'}; write ${shape}`
}

function unknownMetric(name: string, metric: string, metrics: MetricDeclarations): string {
  const known = Object.keys(metrics)
  const near = closest(metric, known)
  const guess = near === undefined ? '' : `; did you mean \`${near}\`?`
  return `\`${name}\`: there is no metric \`${metric}\`${guess} There are: ${known.join(', ') || 'none'}`
}

type Labels = { readonly values: Readonly<Record<string, string>> } | { readonly problem: string }

function parseLabels(written: string, declaration: MetricDeclaration): Labels {
  if (written === '') return { values: {} }
  const primary = declaration.primaryLabel ?? 'tool'
  if (written.startsWith('.')) return knownLabels({ [primary]: written.slice(1) }, primary, declaration)
  const inner = written.slice(1, -1)
  if (!/^\s*[\w-]+\s*=\s*"(?:[^"\\]|\\.)*"(?:\s*,\s*[\w-]+\s*=\s*"(?:[^"\\]|\\.)*")*\s*,?\s*$/.test(inner)) {
    return { problem: 'labels are written as `{name="value", other="value"}`' }
  }
  const values = new Map<string, string>()
  for (const [, name = '', value = ''] of inner.matchAll(/([\w-]+)\s*=\s*"((?:[^"\\]|\\.)*)"/g)) {
    if (values.has(name)) return { problem: `label \`${name}\` is given twice` }
    values.set(name, value.replace(/\\(.)/g, '$1'))
  }
  return knownLabels(Object.fromEntries(values), primary, declaration)
}

/** A share that nothing can ever measure is a typo, and no reason to look for what did not run. */
function knownLabels(
  values: Readonly<Record<string, string>>,
  primary: string,
  declaration: MetricDeclaration,
): Labels {
  const known = labelValuesOf(declaration)
  const value = values[primary]
  if (known === undefined || value === undefined || known.includes(value)) return { values }
  const near = closest(value, known)
  const guess = near === undefined ? '' : `; did you mean \`${near}\`?`
  return { problem: `there is no ${primary} \`${value}\`${guess} There are: ${known.join(', ')}` }
}
