/** Tests that did not pass, as findings: they then rank, annotate and show like any other. Pure. */
import type { Finding } from '@ci-actions/shared'
import { fingerprint, normalisePath, oneLine, shorten } from '@ci-actions/shared'
import { framesOf } from './blocks/failure.ts'
import { code, nameParts, plain, printed } from './blocks/prose.ts'
import type { PatchCoverage } from './coverage/patch.ts'
import type { JoinedTest } from './labels/across-legs.ts'
import { describeLegs } from './labels/across-legs.ts'
import type { QuarantinedTest, StaleEntry } from './quarantine-judgement.ts'
import { describeOrder } from './results/order-role.ts'
import type { TestResult } from './results/test-result.ts'

export interface TestPlaces {
  readonly tool: string
  /** Absolute path of the repository. */
  readonly top: string
  /** Absolute path that printed paths are relative to. */
  readonly cwd: string
  /** Repository-relative. */
  readonly files: ReadonlySet<string>
  /** Address of a line, with `{path}` and `{line}`; undefined where nothing is linked. */
  readonly linkTemplate?: string | undefined
}

export function failedTest(test: JoinedTest, places: TestPlaces): Finding {
  const [failure] = test.failures
  const kind = failure?.type === undefined || failure.type === '' ? test.status : failure.type
  const place = placeOf(test, places)
  const words = wordsOf(test)
  const message = (id: string) => {
    const name = shownName(id, place, places) + whereOf(test)
    return withOrder(words === '' ? `${name} ${test.status}` : `${name}: ${words}`, test)
  }
  const shared = withoutParameters(test.id)
  return {
    ...finding(places, kind, test.id, message(test.id)),
    ...(shared !== test.id && { sharedMessage: oneLine(message(shared)) }),
    symbol: test.id,
    level: 'error',
    metric: test.status === 'error' ? 'errors' : 'failures',
    ...labelsOfFinding(test),
    ...place,
  }
}

/** What the order has to do with it is what somebody who looks for the cause has to know. */
function withOrder(message: string, { order }: TestResult): string {
  return order === undefined ? message : `${message} (${describeOrder(order)})`
}

function whereOf({ legs }: JoinedTest): string {
  return legs === undefined ? '' : ` ${describeLegs(legs)}`
}

function labelsOfFinding({ package: name, instances }: JoinedTest): Pick<Finding, 'package' | 'instances'> {
  return { ...(name !== undefined && { package: name }), ...(instances !== undefined && { instances }) }
}

/** Cases of one test that failed with the same words are told as one where room is scarce. */
function withoutParameters(id: string): string {
  return id.endsWith(']') ? id.replace(/\[.*$/s, '') : id
}

/** The file is not said again where the finding stands in it. */
function shownName(id: string, { location }: Pick<Finding, 'location'>, { top, cwd }: TestPlaces): string {
  const { name, place } = nameParts(id)
  if (place === '') return plain(name)
  const { path } = normalisePath(place, { workspace: top, cwd })
  return plain(path === location?.path ? name : `${place}::${name}`)
}

const longestAssertion = 240

/** Without the kind of exception, which is the rule. What Python compared is code, quotes and all. */
function wordsOf({ failures }: TestResult): string {
  const { type = '', message = '' } = failures[0] ?? {}
  const short = type.split('.').at(-1) ?? ''
  const words = printed(message)
  const said = short !== '' && words.startsWith(`${short}: `) ? words.slice(short.length + 2) : words
  return /^assert [^`]+$/.test(said) ? code(shorten(said, longestAssertion)) : said
}

export function quarantinedTest({ test, entry }: QuarantinedTest<JoinedTest>, places: TestPlaces): Finding {
  const { reason, owner, expires } = entry
  return { ...failedTest(test, places), suppression: { reason, owner, expires, source: 'policy' } }
}

export function flakyTest(test: JoinedTest, places: TestPlaces): Finding {
  const first = wordsOf(test)
  const place = placeOf(test, places)
  const name = shownName(test.id, place, places)
  const where = test.legs === undefined ? '' : `,${whereOf(test)}`
  const message = `${name} passed only when it was run again${where}${first === '' ? '' : `: ${first}`}`
  return {
    ...finding(places, 'flaky', test.id, withOrder(message, test)),
    symbol: test.id,
    level: 'warning',
    metric: 'flaky',
    ...labelsOfFinding(test),
    ...place,
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

/**
 * The line that raised, of those in the project, or else the test itself. Only what is there: a path of another machine
 * is no place to click.
 */
function placeOf(test: TestResult, places: TestPlaces): Pick<Finding, 'location'> {
  const [frame] = framesOf(test, places)
  if (frame !== undefined) return { location: { path: frame.path, line: frame.line } }
  const { file, line } = test
  const { top, cwd, files } = places
  if (file === undefined) return {}
  const { path, outside } = normalisePath(file, { workspace: top, cwd })
  if (outside || !files.has(path)) return {}
  return { location: { path, ...(line !== undefined && { line }) } }
}
