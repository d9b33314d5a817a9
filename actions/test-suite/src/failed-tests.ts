/** Tests that did not pass, as findings: they then rank, annotate and show like any other. Pure. */
import type { Finding } from '@ci-actions/shared'
import { fingerprint, normalisePath, oneLine } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import type { QuarantinedTest, StaleEntry } from './quarantine-judgement.ts'
import type { TestResult } from './results/test-result.ts'

export interface TestPlaces {
  readonly tool: string
  /** Absolute path of the repository. */
  readonly top: string
  /** Absolute path that printed paths are relative to. */
  readonly cwd: string
  /** Repository-relative. */
  readonly files: ReadonlySet<string>
}

export function failedTest(test: TestResult, places: TestPlaces): Finding {
  const [failure] = test.failures
  const kind = failure?.type === undefined || failure.type === '' ? test.status : failure.type
  const message = failure?.message ? `${test.id}: ${failure.message}` : `${test.id} ${test.status}`
  return {
    ...finding(places, kind, test.id, message),
    symbol: test.id,
    level: 'error',
    metric: test.status === 'error' ? 'errors' : 'failures',
    ...placeOf(test, places),
  }
}

export function quarantinedTest({ test, entry }: QuarantinedTest<TestResult>, places: TestPlaces): Finding {
  const { reason, owner, expires } = entry
  return { ...failedTest(test, places), suppression: { reason, owner, expires, source: 'policy' } }
}

export function flakyTest(test: TestResult, places: TestPlaces): Finding {
  const first = test.failures[0]?.message ?? ''
  const message = `${test.id} passed only when it was run again${first === '' ? '' : `: ${first}`}`
  return {
    ...finding(places, 'flaky', test.id, message),
    level: 'warning',
    metric: 'flaky',
    ...placeOf(test, places),
  }
}

export function staleEntry({ entry, message, why }: StaleEntry, places: TestPlaces): Finding {
  return {
    ...finding(places, `quarantine-${why}`, entry.test, message),
    level: 'error',
    metric: 'quarantine-stale',
  }
}

/** Changed lines that no test ran, a finding a range; `metric` is the share that they explain. */
export function uncoveredLines(
  { uncovered }: PatchCoverage,
  places: TestPlaces,
  metric: 'coverage' | 'patch-coverage',
): readonly Finding[] {
  return uncovered.map(({ path, start, end, lines }) => ({
    ...finding(
      places,
      'uncovered',
      path,
      `No test runs ${lines === 1 ? 'this line' : `these ${lines} lines`}, which the change brings.`,
    ),
    tool: 'coverage',
    level: 'note',
    metric,
    location: { path, line: start, endLine: end },
    state: 'new',
  }))
}

function finding(places: TestPlaces, rule: string, identity: string, message: string) {
  return {
    tool: places.tool,
    rule: oneLine(rule).slice(0, 120),
    message: oneLine(message),
    fingerprint: fingerprint({ rule, identity }),
    state: 'unknown',
  } as const
}

/** Only what is there: a path of another machine is no place to click. */
function placeOf({ file, line }: TestResult, { top, cwd, files }: TestPlaces): Pick<Finding, 'location'> {
  if (file === undefined) return {}
  const { path, outside } = normalisePath(file, { workspace: top, cwd })
  if (outside || !files.has(path)) return {}
  return { location: { path, ...(line !== undefined && { line }) } }
}
