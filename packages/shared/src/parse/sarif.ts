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
  const log = parseJson(text, 'SARIF')
  if (!isRecord(log) || log['version'] !== '2.1.0' || !Array.isArray(log['runs'])) {
    throw new ToolOutputError('The output is not SARIF 2.1.0')
  }
  const runs = recordsOf(log['runs']).map(readRun)
  return {
    findings: runs.flatMap((run) => run.findings),
    suppressed: runs.flatMap((run) => run.suppressed),
    tools: runs.flatMap((run) => run.tools),
    errors: runs.flatMap((run) => run.errors),
  }
}

function readRun(run: JsonRecord): SarifReport {
  const tool = textOf(recordAt(recordAt(run, 'tool'), 'driver')['name']) ?? 'the tool'
  const invocations = recordsOf(run['invocations'])
  const errors = invocations.flatMap(readErrors)
  if (invocations.some((each) => each['executionSuccessful'] === false)) {
    throw new ToolOutputError(
      `${tool} says in its SARIF that it failed${errors.length > 0 ? `: ${errors[0]}` : ''}`,
    )
  }
  if (!Array.isArray(run['results'])) {
    throw new ToolOutputError(`The SARIF of ${tool} has no results, so it did not scan`)
  }
  const rules = sarifRules(run)
  const places = sarifPlaces(run)
  const present = recordsOf(run['results']).filter(isProblem)
  const [suppressed = [], findings = []] = [true, false].map((wanted) =>
    present
      .filter((each) => isSuppressed(each) === wanted)
      .map((each) => readResult(each, rules, places, tool)),
  )
  return { findings, suppressed, tools: [tool], errors }
}

function readErrors(invocation: JsonRecord): readonly string[] {
  return ['toolExecutionNotifications', 'toolConfigurationNotifications'].flatMap((name) =>
    recordsOf(invocation[name])
      .filter((notification) => notification['level'] === 'error')
      .map((notification) => textOf(recordAt(notification, 'message')['text']) ?? 'an error without message'),
  )
}

function isProblem(result: JsonRecord): boolean {
  const kind = textOf(result['kind']) ?? 'fail'
  return result['baselineState'] !== 'absent' && ['fail', 'review', 'open'].includes(kind)
}

/** §3.27.23: suppressed only if no suppression is under review or rejected. */
function isSuppressed(result: JsonRecord): boolean {
  const suppressions = recordsOf(result['suppressions'])
  return (
    suppressions.length > 0 && suppressions.every((each) => (each['status'] ?? 'accepted') === 'accepted')
  )
}

function readResult(result: JsonRecord, rules: SarifRules, places: SarifPlaces, tool: string): RawFinding {
  const rule = rules.of(result)
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
