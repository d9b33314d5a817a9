/** SARIF 2.1.0, which most scanners can write. Section numbers are those of the OASIS standard. */
import { ToolOutputError } from '../action/errors.ts'
import type { Level, RawFinding } from '../finding/finding.ts'
import type { JsonRecord } from './json.ts'
import { isRecord, parseJson, recordAt, recordsOf, textOf } from './json.ts'
import { readFix } from './sarif-fix.ts'
import type { SarifPlaces } from './sarif-location.ts'
import { readLocation, sarifPlaces } from './sarif-location.ts'
import type { SarifRule, SarifRules } from './sarif-rule.ts'
import { readMessage, sarifRules } from './sarif-rule.ts'

/** One tool's run. */
export interface SarifRun {
  readonly tool: string
  readonly version?: string | undefined
  /** Why nothing that it says can be trusted; it then has no results. */
  readonly failure?: string | undefined
  /** What the tool says about its own run at level error, such as files that it could not read. */
  readonly errors: readonly string[]
  /** How many results are no objects: what they were about nobody knows. */
  readonly unread: number
  readonly results: readonly SarifResult[]
}

export interface SarifResult {
  readonly finding: RawFinding
  /** Suppressed in the source or by the tool's own baseline. */
  readonly suppressed: boolean
  readonly rule: SarifRule
  /** As written, for what only some tools say. */
  readonly record: JsonRecord
}

export interface SarifReport {
  readonly findings: readonly RawFinding[]
  /** Suppressed in the source or by the tool's own baseline. */
  readonly suppressed: readonly RawFinding[]
  /** Names of the tools, one a run. */
  readonly tools: readonly string[]
  /** What tools say about their own run at level error, such as files that they could not read. */
  readonly errors: readonly string[]
}

/**
 * Throws a `ToolOutputError` for what is not SARIF 2.1.0, for a run without results (§3.14.23: it did not
 * scan) and for one that says that it failed. Results that are no problems (`kind` pass, informational,
 * notApplicable) and ones that are gone (`baselineState: absent`) are left out.
 */
export function parseSarif(text: string): SarifReport {
  const runs = readSarifRuns(parseJson(text, 'SARIF'))
  const failure = runs.map((run) => run.failure ?? unreadResults(run)).find((why) => why !== undefined)
  if (failure !== undefined) throw new ToolOutputError(failure)
  const results = runs.flatMap((run) => run.results)
  return {
    findings: results.filter(({ suppressed }) => !suppressed).map(({ finding }) => finding),
    suppressed: results.filter(({ suppressed }) => suppressed).map(({ finding }) => finding),
    tools: runs.map(({ tool }) => tool),
    errors: runs.flatMap((run) => run.errors),
  }
}

/** {@link parseSarif}, run by run: one that failed says so, and the others stand. */
export function readSarifRuns(log: unknown): readonly SarifRun[] {
  if (!isRecord(log) || log['version'] !== '2.1.0' || !Array.isArray(log['runs'])) {
    throw new ToolOutputError('The output is not SARIF 2.1.0')
  }
  if (recordsOf(log['inlineExternalProperties']).some((each) => recordsOf(each['results']).length > 0))
    throw new ToolOutputError(`The SARIF has results outside of its runs (\`inlineExternalProperties\`)`)
  const runs = recordsOf(log['runs'])
  if (runs.length < log['runs'].length) throw new ToolOutputError('A run of the SARIF is no object')
  return runs.map(readRun)
}

/** Undefined where all of them were read. */
export function unreadResults({ tool, unread }: SarifRun): string | undefined {
  if (unread === 0) return undefined
  return `${unread} ${unread === 1 ? 'result' : 'results'} in the SARIF of ${tool} cannot be read`
}

function readRun(run: JsonRecord): SarifRun {
  const driver = recordAt(recordAt(run, 'tool'), 'driver')
  const tool = textOf(driver['name']) ?? 'the tool'
  const version = textOf(driver['semanticVersion']) ?? textOf(driver['version'])
  const invocations = recordsOf(run['invocations'])
  const errors = invocations.flatMap(readErrors)
  const about = { tool, errors, unread: 0, ...(version !== undefined && { version }) }
  const failed = invocations.find(isFailed)
  if (failed !== undefined) {
    const said = textOf(failed['processStartFailureMessage']) ?? errors[0]
    const why = said === undefined ? '' : `: ${said}`
    return { ...about, results: [], failure: `${tool} says in its SARIF that it failed${why}` }
  }
  const elsewhere = externalParts.filter((part) => isElsewhere(run, part))
  if (elsewhere.length > 0) {
    const failure = `The SARIF of ${tool} keeps ${elsewhere.join(' and ')} in other files, which are not read: let it write one file`
    return { ...about, results: [], failure }
  }
  if (!Array.isArray(run['results'])) {
    return { ...about, results: [], failure: `The SARIF of ${tool} has no results, so it did not scan` }
  }
  const rules = sarifRules(run)
  const places = sarifPlaces(run)
  const results = recordsOf(run['results'])
  const unread = run['results'].length - results.length
  const present = results.filter(isProblem)
  return { ...about, unread, results: present.map((record) => readResult(record, rules, places, tool)) }
}

/** What it found, and what says how severe that is. */
const externalParts = ['results', 'driver', 'extensions'] as const

/** §3.14.2: one reference, or a list of them. */
function isElsewhere(run: JsonRecord, part: string): boolean {
  const references = recordAt(run, 'externalPropertyFileReferences')[part]
  return isRecord(references) || recordsOf(references).length > 0
}

/** §3.20.14: it says so, whatever else than true it says; §3.20.11, §3.20.13: it was killed, or never began. */
function isFailed(invocation: JsonRecord): boolean {
  const successful = invocation['executionSuccessful'] ?? true
  const ends = ['exitSignalName', 'processStartFailureMessage']
  return (
    String(successful).toLowerCase() !== 'true' ||
    ends.some((name) => (textOf(invocation[name]) ?? '') !== '')
  )
}

function readErrors(invocation: JsonRecord): readonly string[] {
  return ['toolExecutionNotifications', 'toolConfigurationNotifications'].flatMap((name) =>
    recordsOf(invocation[name])
      .filter((notification) => notification['level'] === 'error')
      .map((notification) => textOf(recordAt(notification, 'message')['text']) ?? 'an error without message'),
  )
}

/** §3.27.9. What is none of the standard's words may be a problem. */
const noProblem = new Set(['pass', 'informational', 'notapplicable'])

function isProblem(result: JsonRecord): boolean {
  const kind = textOf(result['kind']) ?? 'fail'
  return result['baselineState'] !== 'absent' && !noProblem.has(kind.toLowerCase())
}

/** §3.27.23: suppressed only if no suppression is under review or rejected. */
function isSuppressed(result: JsonRecord): boolean {
  const suppressions = recordsOf(result['suppressions'])
  return (
    suppressions.length > 0 && suppressions.every((each) => (each['status'] ?? 'accepted') === 'accepted')
  )
}

function readResult(record: JsonRecord, rules: SarifRules, places: SarifPlaces, tool: string): SarifResult {
  const rule = rules.of(record)
  const finding = toFinding(record, rule, places, tool)
  return { finding, suppressed: isSuppressed(record), rule, record }
}

function toFinding(result: JsonRecord, rule: SarifRule, places: SarifPlaces, tool: string): RawFinding {
  const locations = recordsOf(result['locations']).flatMap((each) => readLocation(each, places) ?? [])
  const related = recordsOf(result['relatedLocations']).flatMap((each) => readLocation(each, places) ?? [])
  const [location, ...others] = locations
  const fix = readFix(result, places)
  const logical = recordsOf(recordsOf(result['locations'])[0]?.['logicalLocations'])[0]
  const symbol = textOf(logical?.['fullyQualifiedName']) ?? textOf(logical?.['name'])
  const all = [...others, ...related]
  return {
    rule: rule.id ?? tool,
    level: levelOf(result, rule),
    message: readMessage(result, rule),
    ...(location && { location }),
    ...(all.length > 0 && { related: all }),
    ...(rule.help !== undefined && { help: rule.help }),
    ...(fix && { fix }),
    ...(symbol !== undefined && { symbol }),
    ...(rule.security && { security: rule.security }),
  }
}

/**
 * §3.27.10: the result's own level, else what the run configured for the rule, else the rule's default, else
 * warning. `none` has no severity, and results to be reviewed are no failures: both are notes.
 */
function levelOf(result: JsonRecord, rule: SarifRule): Level {
  if (result['kind'] === 'review' || result['kind'] === 'open') return 'note'
  const level = textOf(result['level']) ?? rule.level ?? 'warning'
  if (level === 'error' || level === 'warning') return level
  return level === 'note' || level === 'none' ? 'note' : 'warning'
}
