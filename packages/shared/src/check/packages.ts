/** The packages of a monorepo, from the policy file's `packages`. Pure. */
import type { MetricDeclarations } from '../gate/metric.ts'
import { parseRules } from '../gate/parse-rules.ts'
import type { Rule } from '../gate/rule.ts'
import { isTable } from './config-file.ts'

export interface PackageSpec {
  /** Empty for the only package. */
  readonly name: string
  /** Repository-relative; empty for the top. */
  readonly folder: string
  /** Folders that are no part of it, though they are below. */
  readonly without?: readonly string[]
  /** Gate rules for this package alone: labelled with it. */
  readonly rules: readonly Rule[]
}

export interface ReadPackages {
  readonly packages: readonly PackageSpec[]
  /** Sentences; with one, `packages` should not be used. */
  readonly problems: readonly string[]
}

/** The one package at `workingDirectory` where the policy names none. */
export function readPackages(
  policy: unknown,
  workingDirectory: string,
  metrics: MetricDeclarations,
): ReadPackages {
  const top = workingDirectory === '.' ? '' : workingDirectory
  if (policy === undefined) return { packages: [{ name: '', folder: top, rules: [] }], problems: [] }
  if (!isTable(policy)) {
    return {
      packages: [],
      problems: ['`packages` in the policy file must be a map of names to `path` and `gate`.'],
    }
  }
  const read = Object.entries(policy).map(([name, value]) => readPackage(name, value, top, metrics))
  if (read.length === 0)
    return { packages: [], problems: ['`packages` in the policy file is empty; remove it.'] }
  return {
    packages: read.flatMap(({ spec }) => spec ?? []),
    problems: read.flatMap(({ problems }) => problems ?? []),
  }
}

interface ReadPackage {
  readonly spec?: PackageSpec
  readonly problems?: readonly string[]
}

function readPackage(name: string, value: unknown, top: string, metrics: MetricDeclarations): ReadPackage {
  const where = `\`packages.${name}\` in the policy file`
  if (!/^[a-zA-Z0-9][\w.-]*$/.test(name))
    return { problems: [`${where}: a name has letters, digits, \`.\`, \`-\` and \`_\` only.`] }
  const table = typeof value === 'string' ? { path: value } : value
  if (!isTable(table) || typeof table['path'] !== 'string')
    return { problems: [`${where} needs a \`path\`.`] }
  const unknown = Object.keys(table).filter((key) => key !== 'path' && key !== 'gate')
  if (unknown.length > 0)
    return { problems: [`${where} has \`${unknown.join('`, `')}\`; there are \`path\` and \`gate\`.`] }
  const path = table['path'].replace(/\/+$/, '').replace(/^\.\//, '')
  if (path.startsWith('/') || path.split('/').includes('..'))
    return { problems: [`${where}: \`path\` must stay inside the repository.`] }
  const gate = Array.isArray(table['gate']) ? table['gate'].join('\n') : (table['gate'] ?? '')
  if (typeof gate !== 'string') return { problems: [`${where}: \`gate\` must be a list of rules.`] }
  const parsed = parseRules(gate, metrics, 'user')
  if (parsed.problems.length > 0)
    return { problems: parsed.problems.map((problem) => `${where}: \`gate\`, ${problem}.`) }
  const folder = [top, path === '.' ? '' : path].filter((part) => part !== '').join('/')
  return { spec: { name, folder, rules: parsed.rules.map((rule) => ofPackage(rule, name)) } }
}

function ofPackage(rule: Rule, name: string): Rule {
  return { ...rule, text: `${rule.text} in ${name}`, labels: { ...rule.labels, package: name } }
}
