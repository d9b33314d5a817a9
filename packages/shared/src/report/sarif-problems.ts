/**
 * What code scanning would refuse of a SARIF file, asked before it is sent: GitHub refuses whole files, and does not say
 * which result was at fault. Its documented demands, and those that are only known by its refusals; see
 * docs/code-scanning.md. Pure.
 */
import type { JsonRecord } from '../parse/json.ts'
import { recordAt, recordOf, recordsOf, textOf } from '../parse/json.ts'
import { sarifResultProblems } from './sarif-result-problems.ts'

const most = { runs: 20, results: 25_000, rules: 25_000, extensions: 100, tags: 20 }
const longest = { name: 255, description: 1024 }

/** Empty for a file that can be sent, apart from its size after gzip. */
export function sarifProblems(text: string): readonly string[] {
  const log = logOf(text)
  if (log === undefined) return ['it is not valid JSON']
  const { version, $schema } = log
  const runs = recordsOf(log['runs'])
  return [
    ...(version === '2.1.0' ? [] : ['`version` is not 2.1.0']),
    ...(isFilled($schema) ? [] : ['`$schema` is missing']),
    ...atMost(runs.length, most.runs, 'runs'),
    ...runs.flatMap((run, index) => runProblems(run).map((problem) => `runs[${index}]: ${problem}`)),
    ...categoryProblems(runs),
  ]
}

function logOf(text: string): JsonRecord | undefined {
  try {
    return recordOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** GitHub tells analyses apart by tool and category, its uploader without case and punctuation. */
function categoryProblems(runs: readonly JsonRecord[]): readonly string[] {
  const keys = runs.map((run) => {
    const id = textOf(recordAt(run, 'automationDetails')['id']) ?? ''
    return `${id} ${textOf(driverOf(run)['name'])}`.replaceAll(/[^a-z0-9]/gi, '_').toUpperCase()
  })
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index ? [] : [`runs[${index}] has the tool and category of another run`],
  )
}

function driverOf(run: JsonRecord): JsonRecord {
  return recordAt(recordAt(run, 'tool'), 'driver')
}

function runProblems(run: JsonRecord): readonly string[] {
  const driver = driverOf(run)
  const rules = recordsOf(driver['rules'])
  const results = recordsOf(run['results'])
  const category = textOf(recordAt(run, 'automationDetails')['id'])
  const ids = rules.map(({ id }) => textOf(id) ?? '')
  return [
    ...(isFilled(driver['name']) ? [] : ['the tool has no name']),
    ...(category?.endsWith('/') ? [] : ['`automationDetails.id` has no category']),
    ...(Array.isArray(driver['rules']) ? [] : ['`rules` is missing']),
    ...(Array.isArray(run['results']) ? [] : ['`results` is missing']),
    ...atMost(results.length, most.results, 'results'),
    ...atMost(rules.length, most.rules, 'rules'),
    ...atMost(recordsOf(recordAt(run, 'tool')['extensions']).length, most.extensions, 'extensions'),
    ...(new Set(ids).size === ids.length ? [] : ['two rules have the same id']),
    ...rules.flatMap((rule, index) => ruleProblems(rule).map((problem) => `rules[${index}]: ${problem}`)),
    ...results.flatMap((result, index) =>
      sarifResultProblems(result, ids).map((problem) => `results[${index}]: ${problem}`),
    ),
  ]
}

function ruleProblems(rule: JsonRecord): readonly string[] {
  const { tags } = recordAt(rule, 'properties')
  const short = recordAt(rule, 'shortDescription')['text']
  const full = recordAt(rule, 'fullDescription')['text']
  return [
    ...(isFilled(rule['id']) ? [] : ['it has no id']),
    ...(textOf(rule['name']) === undefined ? [] : bounded(rule['name'], longest.name, 'name')),
    ...bounded(short, longest.description, 'shortDescription'),
    ...bounded(full, longest.description, 'fullDescription'),
    ...(isFilled(recordAt(rule, 'help')['text']) ? [] : ['`help` is missing']),
    ...(Array.isArray(tags) ? atMost(tags.length, most.tags, 'tags') : []),
    ...severityProblems(recordAt(rule, 'properties')['security-severity']),
  ]
}

/** A text that is a number: anything else costs the whole file. */
function severityProblems(severity: unknown): readonly string[] {
  if (severity === undefined) return []
  const number = textOf(severity)
  const right = number !== undefined && /^\d{1,2}(\.\d+)?$/.test(number)
  return right && Number(number) > 0 && Number(number) <= 10
    ? []
    : ['`security-severity` is no number above 0 and up to 10, as text']
}

function bounded(value: unknown, max: number, what: string): readonly string[] {
  const text = textOf(value)
  if (text === undefined || text.trim() === '') return [`\`${what}\` is missing`]
  return text.length > max ? [`\`${what}\` is longer than ${max}`] : []
}

function atMost(number: number, max: number, what: string): readonly string[] {
  return number > max ? [`${number} ${what}, where ${max} are taken`] : []
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}
