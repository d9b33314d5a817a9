/**
 * The policy file: a section per action, with the names of the inputs as keys. docs/policy.md describes it.
 *
 * Values keep the text they were written in (`0.10` stays `0.10`), so that they are read like those of `with:`.
 */
import type { Document, Node, ParsedNode } from 'yaml'
import { isMap, LineCounter, parseDocument } from 'yaml'
import { closest } from '../parse/closest.ts'
import { visibleLine } from '../report/visible.ts'
import type { InputSpecs } from './input.ts'
import { allowedInPolicy } from './input-kinds.ts'
import { didYouMean, shown } from './parse-value.ts'
import type { PolicyShape } from './policy-nodes.ts'
import { isEmpty, keyText, offsetOf, resolve, shapeOf } from './policy-nodes.ts'

/** Where it may stand, in the repository; there may be only one. */
export const policyPaths = ['.github/ci-actions.yml', '.github/ci-actions.yaml'] as const

/** All actions of the suite: their sections are known, also to actions that do not read them. */
export const suiteActions: readonly string[] = [
  'quality-gate',
  'test-suite',
  'security-scan',
  'docker-build',
  'performance-test',
  'deploy',
  'validate-deployment',
  'release',
  'notify',
  'pipeline-metrics',
]

/** Keys of an action's section that are no inputs. */
export function sectionExtras(action: string): readonly string[] {
  return ['packages', ...(extrasOfAction[action] ?? [])]
}

const extrasOfAction: Readonly<Record<string, readonly string[]>> = {
  'test-suite': ['quarantine'],
  'security-scan': ['suppressions', 'suppression-limits'],
}

export interface PolicyValue {
  readonly shape: PolicyShape
  /** 1-based, in the policy file. */
  readonly line: number
}

/** The section of one action. */
export interface PolicySection {
  readonly path: string
  /** By input name. What is empty is not there. */
  readonly values: ReadonlyMap<string, PolicyValue>
  /** What is not an input, such as `packages` (see {@link sectionExtras}), as plain data. */
  readonly extras: Readonly<Record<string, unknown>>
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

export interface PolicySource {
  readonly path: string
  readonly text: string
}

interface Reading {
  readonly path: string
  readonly document: Document.Parsed<ParsedNode>
  readonly lines: LineCounter
  readonly problems: string[]
  readonly notices: string[]
}

/** Reads the section of `action`. Never throws; everything wrong is in `problems`, with path and line. */
export function readPolicy(
  source: PolicySource,
  action: { readonly name: string; readonly allInputs: InputSpecs },
): PolicySection {
  const lines = new LineCounter()
  const document = parseDocument(source.text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  })
  const reading: Reading = { path: source.path, document, lines, problems: [], notices: [] }
  for (const error of document.errors.slice(0, 5)) {
    reading.problems.push(
      `${at(reading, error.pos[0])}: this is not valid YAML: ${visibleLine(error.message)}`,
    )
  }
  const values = new Map<string, PolicyValue>()
  let extras: Readonly<Record<string, unknown>> = {}
  const root = document.contents
  if (document.errors.length === 0 && root !== null && !isEmpty(root)) {
    const section = findSection(reading, root, action.name)
    if (section !== undefined) extras = readSection(reading, section, action, values)
  }
  return { path: source.path, values, extras, problems: reading.problems, notices: reading.notices }
}

/** `.github/ci-actions.yml:12`. */
function at(reading: Reading, offset: number): string {
  return `${reading.path}:${reading.lines.linePos(offset).line}`
}

/** The section's node; undefined where there is none. Checks the keys beside it. */
function findSection(reading: Reading, root: Node, name: string): Node | undefined {
  if (!isMap(root)) {
    reading.problems.push(
      `${at(reading, offsetOf(root))}: the policy file must be a map with a section per action, such as \`${name}:\`.`,
    )
    return undefined
  }
  const known = new Set([...suiteActions, name])
  let section: Node | undefined
  for (const { key, value } of root.items) {
    const written = keyText(key)
    if (written === name) section = isEmpty(value) ? undefined : resolve(reading.document, value)
    else if (written !== '$schema' && !known.has(written)) unknownSection(reading, key, written, known)
  }
  return section
}

/** Not an error unless it looks like a slip: a later version may bring an action that this one does not know. */
function unknownSection(reading: Reading, key: unknown, written: string, known: ReadonlySet<string>): void {
  const near = closest(written, known)
  const where = at(reading, offsetOf(key))
  if (near !== undefined)
    reading.problems.push(`${where}: there is no action ${shown(written)}.${didYouMean(near)}`)
  else
    reading.notices.push(
      `${where}: the section ${shown(written)} belongs to no action that this version knows.`,
    )
}

function readSection(
  reading: Reading,
  section: Node,
  action: { readonly name: string; readonly allInputs: InputSpecs },
  values: Map<string, PolicyValue>,
): Readonly<Record<string, unknown>> {
  if (!isMap(section)) {
    reading.problems.push(
      `${at(reading, offsetOf(section))}: \`${action.name}\` must be a map of inputs to values.`,
    )
    return {}
  }
  const extras: Record<string, unknown> = {}
  for (const { key, value } of section.items) {
    const name = keyText(key)
    const problem = keyProblem(name, action)
    if (problem !== undefined) reading.problems.push(`${at(reading, offsetOf(key))}: ${problem}`)
    else if (sectionExtras(action.name).includes(name)) extras[name] = plainData(reading, value)
    else if (!isEmpty(value)) readValue(reading, name, key, resolve(reading.document, value), values)
  }
  return extras
}

function keyProblem(
  name: string,
  action: { readonly name: string; readonly allInputs: InputSpecs },
): string | undefined {
  const specs = action.allInputs
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
  if (spec !== undefined) {
    return allowedInPolicy(name, spec)
      ? undefined
      : `\`${name}\` cannot be set in the policy file; give it with \`with:\` in the workflow.`
  }
  const extras = sectionExtras(action.name)
  if (extras.includes(name)) return undefined
  const renamed = Object.entries(specs).find(([, { renamedFrom }]) => renamedFrom === name)
  if (renamed !== undefined) return `\`${name}\` is now called \`${renamed[0]}\`.`
  const allowed = Object.entries(specs).flatMap(([key, value]) => (allowedInPolicy(key, value) ? [key] : []))
  const near = closest(name, [...allowed, ...extras])
  if (near !== undefined) return `\`${action.name}\` has no input ${shown(name)}.${didYouMean(near)}`
  return `\`${action.name}\` has no input ${shown(name)}. There are: ${allowed.sort().join(', ')}.`
}

function readValue(
  reading: Reading,
  name: string,
  key: unknown,
  node: Node,
  values: Map<string, PolicyValue>,
): void {
  const shape = shapeOf(reading.document, node)
  if (shape === undefined)
    reading.problems.push(
      `${at(reading, offsetOf(key))}: \`${name}\` is nested too deeply; give a value, a list or a map of values.`,
    )
  else values.set(name, { shape, line: reading.lines.linePos(offsetOf(key)).line })
}

/** Aliases that multiply are refused by the library, beyond 100 of them. */
function plainData(reading: Reading, node: unknown): unknown {
  try {
    return resolve(reading.document, node).toJS(reading.document, { maxAliasCount: 100 })
  } catch (error) {
    reading.problems.push(`${at(reading, offsetOf(node))}: ${visibleLine(String(error))}`)
    return undefined
  }
}
