/** What a result of SARIF and its rule say beside the standard's own fields. Pure. */
import type { JsonRecord, SarifResult } from '@ci-actions/shared'
import { cweNumbers } from '../tools/risk-finding.ts'
import { recordIn, records, texts } from './loose-lists.ts'

export interface SarifFacts {
  /** Id of the tool. */
  readonly tool: string
  readonly rule: string
  /** As the result, the run's configuration or the rule says; undefined where none does. */
  readonly level: string | undefined
  readonly properties: JsonRecord
  readonly ruleProperties: JsonRecord
  /** Of both. */
  readonly tags: readonly string[]
  readonly cwe: readonly number[]
  /** Whether a scanner for secrets says that the service accepted it. */
  readonly verified: boolean
}

/** Facts of results of one tool; what a rule says is read once. */
export function factsReader(tool: string): (result: SarifResult) => SarifFacts {
  const rules = new Map<JsonRecord, RuleFacts>()
  return ({ finding, rule, record }) => {
    const ofRule = rules.get(rule.record) ?? ruleFacts(rule.record)
    rules.set(rule.record, ofRule)
    const properties = recordIn(record, 'properties')
    const tags = texts(properties['tags'])
    const own = cweIn(properties, tags, records(record['taxa']))
    return {
      tool,
      rule: finding.rule,
      level: typeof record['level'] === 'string' ? record['level'] : rule.level,
      properties,
      ruleProperties: ofRule.properties,
      tags: tags.length === 0 ? ofRule.tags : [...ofRule.tags, ...tags],
      cwe: own.length === 0 ? ofRule.cwe : [...new Set([...ofRule.cwe, ...own])],
      verified:
        tool === 'trufflehog' &&
        /\bverified\b/i.test(finding.message) &&
        !/\bunverified\b/i.test(finding.message),
    }
  }
}

interface RuleFacts {
  readonly properties: JsonRecord
  readonly tags: readonly string[]
  readonly cwe: readonly number[]
}

function ruleFacts(rule: JsonRecord): RuleFacts {
  const properties = recordIn(rule, 'properties')
  const tags = texts(properties['tags'])
  const targets = records(rule['relationships']).map((each) => recordIn(each, 'target'))
  return { properties, tags, cwe: cweIn(properties, tags, targets) }
}

/** In tags (`external/cwe/cwe-089`, `CWE-89: …`), in properties, or as a taxon of the taxonomy CWE. */
function cweIn(
  properties: JsonRecord,
  tags: readonly string[],
  taxa: readonly JsonRecord[],
): readonly number[] {
  const tagged = tags.flatMap((tag) => /(?:^|\/)cwe-0*(\d{1,6})\b/i.exec(tag)?.[1] ?? [])
  const given: readonly unknown[] = [properties['cwe'], properties['cwes'], properties['cwe_id']].flat()
  const named = given.map((each) => (typeof each === 'string' ? each.replace(/^CWE-0+/i, 'CWE-') : each))
  const ofCwe = taxa.filter((each) => recordIn(each, 'toolComponent')['name'] === 'CWE')
  return cweNumbers([...tagged.map(Number), ...named, ...ofCwe.map((each) => each['id'])])
}
