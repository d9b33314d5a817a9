/** Puts inputs together from `with:`, policy file and defaults, and collects everything that is wrong. Pure. */
import type { MetricDeclarations } from '../gate/metric.ts'
import { closest } from '../parse/closest.ts'
import { shorten, visibleLine } from '../report/visible.ts'
import type { InputSpec, InputSpecs } from './input.ts'
import { isGiven } from './input.ts'
import { inputKinds, isRepeatable } from './input-kinds.ts'
import type { ParsedValue } from './parse-value.ts'
import { collect, didYouMean, parseValue, shown } from './parse-value.ts'
import type { PolicySection } from './policy-file.ts'
import type { PolicyShape } from './policy-nodes.ts'
import type { InputOrigin } from './spec.ts'

export interface InputSources {
  /** Value of `with: name`; undefined when empty or not given. */
  given(name: string): string | undefined
  /** All names given with `with:`. */
  readonly names: readonly string[]
  /** How `given` is called in reports: `with:` or `command line`. */
  readonly givenBy: string
  readonly policy?: PolicySection | undefined
  /** For gate rules. */
  readonly metrics: MetricDeclarations
}

export interface MergedInputs {
  /** One value for each spec; where what was given is wrong, the default. */
  readonly values: Readonly<Record<string, unknown>>
  /** Of values that are not defaults, in the order of the specs; without secrets. */
  readonly origins: readonly InputOrigin[]
  /** Sentences that name the input, or the place in the policy file. */
  readonly problems: readonly string[]
}

export function mergeInputs(specs: InputSpecs, sources: InputSources): MergedInputs {
  const problems = [...nameProblems(specs, sources), ...(sources.policy?.problems ?? [])]
  const origins: InputOrigin[] = []
  const values: [string, unknown][] = []
  for (const [name, spec] of Object.entries(specs)) {
    const found = findValue(name, spec, sources)
    if (found !== undefined && 'problems' in found.parsed) {
      problems.push(...found.parsed.problems.map((problem) => `${found.label}: ${hideSecret(spec, problem)}`))
    }
    const value =
      found !== undefined && 'value' in found.parsed
        ? found.parsed.value
        : defaultValue(name, spec, sources.metrics)
    values.push([name, value])
    if (found !== undefined && isGiven(spec) && found.text !== spec.default) {
      origins.push({ name, value: shorten(visibleLine(found.text), 200), from: found.from })
    }
  }
  return { values: Object.fromEntries(values), origins, problems }
}

/** Names that look like slips, and earlier names. GitHub itself warns about all other unknown ones. */
function nameProblems(specs: InputSpecs, sources: InputSources): readonly string[] {
  const known = Object.keys(specs)
  const renamed = new Map(Object.entries(specs).map(([name, spec]) => [spec.renamedFrom, name]))
  return sources.names.flatMap((name) => {
    if (Object.hasOwn(specs, name)) return []
    const now = renamed.get(name)
    if (now !== undefined) {
      return sources.given(name) === undefined
        ? []
        : [`\`${name}\` is now called \`${now}\`; rename it, the value stays the same.`]
    }
    const near = closest(name, known)
    return near === undefined ? [] : [`There is no input ${shown(name)}.${didYouMean(near)}`]
  })
}

interface Found {
  readonly parsed: ParsedValue
  /** As given, for the report. */
  readonly text: string
  readonly from: string
  /** What a problem's sentence starts with. */
  readonly label: string
}

function findValue(name: string, spec: InputSpec, sources: InputSources): Found | undefined {
  const given = sources.given(name)
  if (given !== undefined && given.trim() !== '') {
    const text = isRepeatable(spec) ? given : given.trim()
    return {
      parsed: parseValue(spec, text, sources.metrics),
      text,
      from: sources.givenBy,
      label: `\`${name}\``,
    }
  }
  const written = sources.policy?.values.get(name)
  if (written === undefined || sources.policy === undefined) return undefined
  const text = textOf(written.shape)
  if (text.trim() === '') return undefined
  const from = `${sources.policy.path}:${written.line}`
  return {
    parsed: parsePolicyShape(spec, written.shape, sources.metrics),
    text,
    from,
    label: `${from}: \`${name}\``,
  }
}

function textOf(shape: PolicyShape): string {
  if (shape.kind === 'scalar') return shape.text
  if (shape.kind === 'list') return shape.items.join('\n')
  return shape.entries.map(([key, value]) => `${key}: ${value}`).join('\n')
}

/** Lists and maps of the policy file are taken as they are; a `#` in an item is no comment there. */
function parsePolicyShape(spec: InputSpec, shape: PolicyShape, metrics: MetricDeclarations): ParsedValue {
  if (shape.kind === 'scalar') return parseValue(spec, shape.text, metrics)
  if (shape.kind === 'list' && spec.kind === 'lines') {
    return { value: shape.items.map((item) => item.trim()).filter((item) => item !== '') }
  }
  if (shape.kind === 'list' && (spec.kind === 'rules' || spec.kind === 'map'))
    return parseValue(spec, shape.items.join('\n'), metrics)
  if (shape.kind === 'map' && spec.kind === 'map') {
    const empty = shape.entries.find(([, value]) => value.trim() === '')
    if (empty !== undefined) return { problems: [`${shown(empty[0])} has no value.`] }
    return { value: collect(shape.entries.map(([key, value]) => [key, value.trim()] as const)) }
  }
  return { problems: [`a ${shape.kind} is given; write ${takes(spec)}.`] }
}

function takes(spec: InputSpec): string {
  if (spec.kind === 'one-of') return `one of ${(spec.values ?? []).map((value) => `\`${value}\``).join(', ')}`
  return inputKinds[spec.kind].takes
}

function hideSecret(spec: InputSpec, problem: string): string {
  return spec.kind === 'secret' ? 'the value cannot be used.' : problem
}

/** A default is part of the program: one that does not parse is a bug. */
function defaultValue(name: string, spec: InputSpec, metrics: MetricDeclarations): unknown {
  if (spec.default !== undefined) {
    const parsed = parseValue(spec, spec.default, metrics)
    if ('problems' in parsed) throw new Error(`default of input ${name}: ${parsed.problems.join(' ')}`)
    return parsed.value
  }
  if (spec.kind === 'map') return {}
  return isRepeatable(spec) ? [] : undefined
}
