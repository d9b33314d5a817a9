/** Events of Go's `test2json` (`go test -json`), one a line. Of a test with subtests these count, not it. */
import { TextTail } from '@ci-actions/shared'
import type { Line } from './line-reader.ts'
import { LineReader } from './line-reader.ts'
import type { FormatReader, Reading } from './reading.ts'
import { firstLine, longestText, quoted, strayFailure } from './reading.ts'
import { parseSeconds } from './seconds.ts'
import { nameTest } from './test-name.ts'
import type { TestFailure, TestResult, TestStatus } from './test-result.ts'

interface GoEvent {
  readonly action: string
  /** Empty for events of a build. */
  readonly package: string
  readonly build: string | undefined
  readonly test: string | undefined
  readonly output: string
  readonly elapsed: number | undefined
}

interface OpenTest {
  output: TextTail | undefined
  inner: number
  failingInner: number
}

interface OpenPackage {
  readonly tests: Map<string, OpenTest>
  readonly output: TextTail
  failing: number
}

/** Outputs of tests that run at one time, kept together; a test beyond that is reported without its output. */
const mostOutputs = 2000
const mostBuilds = 100

export class GoTestReader implements FormatReader {
  readonly #reading: Reading
  readonly #lines = new LineReader((line) => this.#readLine(line))
  readonly #packages = new Map<string, OpenPackage>()
  /** What the compiler printed, by what was built. */
  readonly #builds = new Map<string, TextTail>()
  #outputs = 0
  #lastIsWhole = true

  constructor(reading: Reading) {
    this.#reading = reading
  }

  write(text: string): void {
    this.#lines.write(text)
  }

  end(): void {
    this.#lines.end()
    for (const [name, open] of this.#packages) {
      this.#endTests(name, open)
      this.#reading.incomplete(`The package ${quoted(name)} has no end: the file broke off, or the run did.`)
    }
    if (!this.#lastIsWhole) this.#reading.incomplete('The last line is cut off.')
  }

  #readLine(line: Line): void {
    if (!line.text.trimStart().startsWith('{')) return
    const event = parseEvent(line.text)
    if (event !== undefined) this.#take(event)
    else if (!line.ended) this.#lastIsWhole = false
    // An output of more than a megabyte in one line says nothing about the outcome.
    else if (!(line.cut && longOutput.test(line.text.slice(0, 2000))))
      this.#reading.incomplete(`A line is damaged: ${quoted(line.text.slice(0, 100))}`)
  }

  #take(event: GoEvent): void {
    if (event.action === 'build-output') this.#keepBuild(event)
    if (event.package === '' || ignored.has(event.action)) return
    const open = this.#packageOf(event.package)
    if (event.test === undefined) this.#takeForPackage(event, open)
    else if (event.action === 'run') this.#testOf(open, event.test)
    else if (event.action === 'output') this.#keepOutput(this.#testOf(open, event.test), event.output)
    else if (ends.has(event.action)) this.#endTest(event, event.test, open)
  }

  #keepBuild({ build = '', output }: GoEvent): void {
    const known = this.#builds.get(build)
    if (known === undefined && this.#builds.size >= mostBuilds) return
    const text = known ?? new TextTail(longestText)
    text.add(output, true)
    this.#builds.set(build, text)
  }

  #packageOf(name: string): OpenPackage {
    const known = this.#packages.get(name)
    if (known !== undefined) return known
    const open = { tests: new Map<string, OpenTest>(), output: new TextTail(longestText), failing: 0 }
    this.#packages.set(name, open)
    return open
  }

  #testOf(open: OpenPackage, test: string): OpenTest {
    const known = open.tests.get(test)
    if (known !== undefined) return known
    const started = { output: undefined, inner: 0, failingInner: 0 }
    open.tests.set(test, started)
    return started
  }

  #keepOutput(test: OpenTest, text: string): void {
    if (test.output === undefined && this.#outputs < mostOutputs) {
      test.output = new TextTail(longestText)
      this.#outputs += 1
    }
    test.output?.add(text, true)
  }

  #takeForPackage(event: GoEvent, open: OpenPackage): void {
    if (event.action === 'output') open.output.add(event.output, true)
    if (!ends.has(event.action)) return
    this.#packages.delete(event.package)
    this.#endTests(event.package, open)
    if (event.action !== 'fail' || open.failing > 0) return
    const built = this.#builds.get(event.build ?? '')?.toString() ?? ''
    const text = built + open.output.toString()
    const message =
      firstLine(text.replaceAll(/^# .*\n?/gm, '')) || 'The package failed, and none of its tests did'
    this.#reading.test(strayFailure(event.package, [event.package], { kind: 'error', message, text }))
  }

  /** Tests that never ended: a panic, an exit, a time limit. Of benchmarks Go prints no end. */
  #endTests(name: string, open: OpenPackage): void {
    // Subtests first, so that the test around them knows.
    for (const test of [...open.tests.keys()].toReversed()) {
      const action = test.startsWith('Benchmark') ? 'pass' : 'unfinished'
      const event = { build: undefined, action, package: name, test, output: '', elapsed: undefined }
      this.#endTest(event, test, open)
    }
  }

  #endTest(event: GoEvent, test: string, open: OpenPackage): void {
    const ended = open.tests.get(test) ?? { output: undefined, inner: 0, failingInner: 0 }
    open.tests.delete(test)
    if (ended.output !== undefined) this.#outputs -= 1
    const status = statuses.get(event.action) ?? 'error'
    const isFailing = status === 'failed' || status === 'error'
    const outer = nearestOuter(test, open)
    if (outer !== undefined) {
      outer.inner += 1
      if (isFailing) outer.failingInner += 1
    }
    if (isFailing) open.failing += 1
    const isSum = ended.inner > 0 && (!isFailing || ended.failingInner > 0)
    if (!isSum) this.#reading.test(toResult(event, test, status, ended.output))
  }
}

/** A name may have slashes of its own, so that the test around it need not be the next part up. */
function nearestOuter(test: string, { tests }: OpenPackage): OpenTest | undefined {
  for (let slash = test.lastIndexOf('/'); slash > 0; slash = test.lastIndexOf('/', slash - 1)) {
    const outer = tests.get(test.slice(0, slash))
    if (outer !== undefined) return outer
  }
  return undefined
}

const longOutput = /"Action":\s*"(output|build-output)"/
/** They say nothing about the outcome. */
const ignored: ReadonlySet<string> = new Set([
  'pause',
  'cont',
  'bench',
  'attr',
  'artifacts',
  'build-output',
  'build-fail',
])
const ends: ReadonlySet<string> = new Set(['pass', 'fail', 'skip'])
const statuses: ReadonlyMap<string, TestStatus> = new Map([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
])

/** Undefined for a line that is no event. */
export function parseEvent(line: string): GoEvent | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (!isRecord(value)) return undefined
  const { Action: action, Package: name, Test: test, Output: output, Elapsed: elapsed } = value
  const build = value['FailedBuild'] ?? value['ImportPath']
  if (typeof action !== 'string') return undefined
  return {
    action,
    package: typeof name === 'string' ? name : '',
    build: typeof build === 'string' ? build : undefined,
    test: typeof test === 'string' ? test : undefined,
    output: typeof output === 'string' ? output : '',
    elapsed: typeof elapsed === 'number' ? parseSeconds(String(elapsed)) : undefined,
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toResult(
  event: GoEvent,
  test: string,
  status: TestStatus,
  output: TextTail | undefined,
): TestResult {
  const classname = event.package
  const named = nameTest(test, classname)
  const result = { ...named, classname, suites: [classname], status, flaky: false, seconds: event.elapsed }
  if (status === 'passed') return { ...result, failures: [] }
  const text = output?.toString() ?? ''
  const [reported] = /^\s*\S+\.go:\d+: \S.*$/m.exec(text) ?? []
  // What the test printed by itself may stand before.
  const said = firstLine(reported, text.replaceAll(/^\s*(?:=== |--- ).*\n?/gm, ''))
  if (status === 'skipped') return { ...result, failures: [], skipReason: said || undefined }
  const failure: TestFailure =
    status === 'failed'
      ? { kind: 'failure', message: said, text }
      : { kind: 'error', message: said || 'The test never ended', text }
  return { ...result, failures: [failure] }
}
