/** Rules of a SARIF run: what a result says by reference alone. */
import type { RawSecurity } from '../finding/finding.ts'
import { severityOfScore } from '../security/severity.ts'
import type { JsonRecord } from './json.ts'
import { countOf, recordAt, recordsOf, textOf } from './json.ts'

export interface SarifRule {
  readonly id?: string | undefined
  readonly help?: string | undefined
  /** As configured for the run, else the rule's default; not yet checked. */
  readonly level?: string | undefined
  readonly security?: RawSecurity | undefined
  readonly description?: string | undefined
  /** As written; empty where the run does not describe its rules. */
  readonly record: JsonRecord
  /** Message texts by id, for results that only name one. */
  message(id: string): string | undefined
}

export interface SarifRules {
  of(result: JsonRecord): SarifRule
}

/** Rules of the driver and of its extensions. */
export function sarifRules(run: JsonRecord): SarifRules {
  const tool = recordAt(run, 'tool')
  const components = [recordAt(tool, 'driver'), ...recordsOf(tool['extensions'])].map(toComponent)
  const levels = configuredLevels(run)
  // Of thousands of results most refer to the same few rules.
  const known = new Map<JsonRecord, SarifRule>()
  return {
    of(result) {
      const reference = recordAt(result, 'rule')
      const id = textOf(result['ruleId']) ?? textOf(reference['id'])
      const index = countOf(result['ruleIndex']) ?? countOf(reference['index'])
      const rule = describedAs(id, index, componentsFrom(components, recordAt(reference, 'toolComponent')))
      const before = known.get(rule)
      if (before !== undefined && before.id === (id ?? textOf(rule['id']))) return before
      const read = toRule(rule, id, levels)
      known.set(rule, read)
      return read
    },
  }
}

interface Component {
  readonly record: JsonRecord
  readonly rules: readonly JsonRecord[]
  readonly byId: ReadonlyMap<string, JsonRecord>
}

function toComponent(record: JsonRecord): Component {
  const rules = recordsOf(record['rules'])
  const named = rules.flatMap((rule) => {
    const id = textOf(rule['id'])
    return id === undefined ? [] : [[id, rule] as const]
  })
  return { record, rules, byId: new Map(named.reverse()) }
}

/** All, the one that is named first (§3.54: by index, GUID or name); the driver where none is. */
function componentsFrom(all: readonly Component[], reference: JsonRecord): readonly Component[] {
  const index = countOf(reference['index'])
  const { guid, name } = reference
  const named =
    (index === undefined ? undefined : all[index + 1]) ??
    all.find(({ record }) => guid !== undefined && record['guid'] === guid) ??
    all.find(({ record }) => name !== undefined && record['name'] === name)
  return named === undefined ? all : [named, ...all]
}

/**
 * The rule at the index, unless it is called otherwise: where runs were put together, indices are those of other lists, and
 * the severity would be that of another rule. Else the one of that name.
 */
function describedAs(
  id: string | undefined,
  index: number | undefined,
  [first, ...others]: readonly Component[],
): JsonRecord {
  const indexed = index === undefined ? undefined : first?.rules[index]
  if (indexed !== undefined && isCalled(indexed, id)) return indexed
  const all = first === undefined ? others : [first, ...others]
  const [named = nothing] = [id, parentOf(id)].flatMap((name) =>
    name === undefined
      ? []
      : all.flatMap(({ byId }): readonly JsonRecord[] => {
          const rule = byId.get(name)
          return rule === undefined ? [] : [rule]
        }),
  )
  return named
}

/** One for all, by which what is read of it is found again. */
const nothing: JsonRecord = {}

function isCalled(rule: JsonRecord, id: string | undefined): boolean {
  const own = textOf(rule['id'])?.toLowerCase()
  const given = id?.toLowerCase()
  return own === undefined || given === undefined || own === given || given.startsWith(`${own}/`)
}

/** §3.52.4: `CA1000/1` is a refinement of the rule `CA1000`. */
function parentOf(id: string | undefined): string | undefined {
  return id?.slice(0, Math.max(id.lastIndexOf('/'), 0))
}

/** Levels that invocations set for this run (§3.20.5), by rule id. */
function configuredLevels(run: JsonRecord): ReadonlyMap<unknown, string> {
  const overrides = recordsOf(run['invocations']).flatMap((each) =>
    recordsOf(each['ruleConfigurationOverrides']),
  )
  return new Map(
    overrides.flatMap((each) => {
      const level = textOf(recordAt(each, 'configuration')['level'])
      return level === undefined ? [] : [[recordAt(each, 'descriptor')['id'], level] as const]
    }),
  )
}

function toRule(rule: JsonRecord, id: string | undefined, levels: ReadonlyMap<unknown, string>): SarifRule {
  const ruleId = textOf(rule['id'])
  return {
    id: id ?? ruleId,
    help: textOf(rule['helpUri']),
    level: levels.get(ruleId ?? id) ?? textOf(recordAt(rule, 'defaultConfiguration')['level']),
    security: securityOf(rule),
    description: textOf(recordAt(rule, 'shortDescription')['text']) ?? textOf(rule['name']),
    record: rule,
    message: (messageId) => textOf(recordAt(recordAt(rule, 'messageStrings'), messageId)['text']),
  }
}

/** `security-severity` is GitHub's property: a score in CVSS bands. CWE numbers stand in tags. */
function securityOf(rule: JsonRecord): RawSecurity | undefined {
  const properties = recordAt(rule, 'properties')
  const given = properties['security-severity']
  const score = typeof given === 'number' ? given : Number.parseFloat(textOf(given) ?? '')
  if (!(score >= 0 && score <= 10)) return undefined
  const tags = Array.isArray(properties['tags']) ? properties['tags'] : []
  const cwe = tags.flatMap((tag) => {
    const number = /^external\/cwe\/cwe-0*(\d+)$/i.exec(String(tag))?.[1]
    return number === undefined ? [] : [Number(number)]
  })
  const source = 'security-severity of the rule'
  return {
    kind: 'weakness',
    claims: [{ source, by: 'score', severity: severityOfScore(score), score }],
    ...(cwe.length > 0 && { cwe }),
  }
}

/** The result's message (§3.11): its text or the rule's by id, with arguments in and links as plain text. */
export function readMessage(result: JsonRecord, rule: SarifRule): string {
  const message = recordAt(result, 'message')
  const id = textOf(message['id'])
  const template = textOf(message['text']) ?? (id === undefined ? undefined : rule.message(id))
  const text = template ?? rule.description ?? rule.id ?? 'a result without message'
  const values = Array.isArray(message['arguments']) ? message['arguments'] : []
  return withoutLinks(template === undefined ? text : filled(text, values))
}

/** `{0}` is an argument, `{{` a brace. */
function filled(template: string, values: readonly unknown[]): string {
  if (values.length === 0) return template
  return template.replace(/\{\{|\}\}|\{(\d+)\}/g, (whole, index: string | undefined) => {
    if (index === undefined) return whole[0] ?? ''
    return textOf(values[Number(index)]) ?? whole
  })
}

/** `[text](1)` refers to a related location, `[text](https://…)` to a page (§3.11.6). */
function withoutLinks(text: string): string {
  return text.replace(/(?<!\\)\[((?:[^[\]\\]|\\.){1,500})\]\((?:\d+|https?:[^()\s]+)\)/g, '$1')
}
