/** NUnit 2 and 3: one element a test, with its outcome in attributes that changed between them. */
import type { TextSink, XmlAttributes, XmlHandler } from '@ci-actions/shared'
import { NamedTexts } from './named-texts.ts'
import type { Reading } from './reading.ts'
import { firstLine, strayFailure } from './reading.ts'
import { parseSeconds } from './seconds.ts'
import { SuiteStack } from './suite-stack.ts'
import { nameTest } from './test-name.ts'
import type { TestResult, TestStatus } from './test-result.ts'
import { withoutClass } from './trx.ts'

interface Outcome {
  readonly name: string | undefined
  readonly classname: string | undefined
  readonly seconds: number | undefined
  readonly status: TestStatus
  readonly texts: NamedTexts
}

export class NunitHandler implements XmlHandler {
  readonly #reading: Reading
  readonly #suites: SuiteStack
  /** Of the suites that are open, since each may have failed by itself. */
  readonly #outcomes: Outcome[] = []
  #case: Outcome | undefined
  #isReason = false

  constructor(reading: Reading) {
    this.#reading = reading
    this.#suites = new SuiteStack(reading)
  }

  open(name: string, attributes: XmlAttributes): TextSink | undefined {
    if (name === 'test-case') {
      this.#case = openOutcome(attributes, 'case')
    } else if (name === 'test-suite' || name === 'test-run' || name === 'test-results') {
      this.#outcomes.push(openOutcome(attributes, 'suite'))
      this.#suites.push(name === 'test-suite' ? (attributes.get('name') ?? '') : '', noTotals)
    } else if (name === 'reason' || name === 'failure' || name === 'assertion') {
      this.#isReason = name === 'reason' || name === 'failure'
    } else {
      const open = this.#case ?? this.#outcomes.at(-1)
      return open === undefined ? undefined : this.#openText(name, open)
    }
    return undefined
  }

  #openText(name: string, open: Outcome): TextSink | undefined {
    if (name === 'message' && this.#isReason) return open.texts.sink('message')
    if (name === 'stack-trace' && this.#isReason) return open.texts.sink('trace')
    return name === 'output' && this.#case !== undefined ? open.texts.sink('stdout') : undefined
  }

  close(name: string): void {
    if (name === 'test-case') this.#endCase()
    else if (name === 'failure' || name === 'reason') this.#isReason = false
    else if (name === 'test-suite' || name === 'test-run' || name === 'test-results') this.#endSuite()
  }

  end(): void {
    if (this.#case !== undefined && isFailing(this.#case)) this.#endCase()
  }

  #endCase(): void {
    const ended = this.#case
    this.#case = undefined
    if (ended === undefined) return
    this.#suites.count(isFailing(ended) ? 1 : 0, ended.status === 'skipped')
    this.#reading.test(toResult(ended, this.#suites.names))
  }

  /** A fixture that failed after its tests passed leaves its mark on the suite alone. */
  #endSuite(): void {
    const suite = this.#outcomes.pop()
    if (suite !== undefined && isFailing(suite) && this.#suites.seenFailing === 0) {
      const text = suite.texts.messageAndTrace()
      const message = firstLine(text) || 'The suite failed, and none of its tests did'
      const place = suite.name ?? '(no suite)'
      this.#suites.countFailure()
      this.#reading.test(strayFailure(place, this.#suites.names, { kind: 'error', message, text }))
    }
    this.#suites.pop()
  }
}

const noTotals = { tests: undefined, failing: undefined }

function isFailing({ status }: Outcome): boolean {
  return status === 'failed' || status === 'error'
}

function openOutcome(attributes: XmlAttributes, what: 'case' | 'suite'): Outcome {
  const full = attributes.get('fullname') ?? attributes.get('name')
  const classname = what === 'suite' ? undefined : (attributes.get('classname') ?? classOf(full))
  return {
    name: what === 'suite' ? full : (withoutClass(full, classname) ?? attributes.get('methodname')),
    classname,
    seconds: parseSeconds(attributes.get('duration') ?? attributes.get('time')),
    status: statusOfAttributes(attributes, what),
    texts: new NamedTexts(),
  }
}

/** NUnit 2 has the class in the name only: "Namespace.Class.Method(1.5)". */
function classOf(full: string | undefined): string | undefined {
  const method = full?.split('(', 1)[0] ?? ''
  const dot = method.lastIndexOf('.')
  return dot > 0 ? method.slice(0, dot) : undefined
}

function statusOfAttributes(attributes: XmlAttributes, what: 'case' | 'suite'): TestStatus {
  const result = attributes.get('result')
  if (result === undefined) return statusBefore25(attributes, what)
  const known = results.get(result.toLowerCase()) ?? 'error'
  return known === 'failed' && /^(error|invalid|cancelled)$/i.test(attributes.get('label') ?? '')
    ? 'error'
    : known
}

/** NUnit up to 2.4 has no `result`. A root without any outcome has said nothing. */
function statusBefore25(attributes: XmlAttributes, what: 'case' | 'suite'): TestStatus {
  if (/^false$/i.test(attributes.get('executed') ?? '')) return 'skipped'
  const success = attributes.get('success')
  if (success === undefined) return what === 'suite' ? 'passed' : 'error'
  return /^true$/i.test(success) ? 'passed' : 'failed'
}

const results: ReadonlyMap<string, TestStatus> = new Map([
  ['passed', 'passed'],
  ['success', 'passed'],
  ['warning', 'passed'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['error', 'error'],
  ['cancelled', 'error'],
  ['notrunnable', 'error'],
  ['skipped', 'skipped'],
  ['ignored', 'skipped'],
  ['inconclusive', 'skipped'],
])

function toResult(open: Outcome, suites: readonly string[]): TestResult {
  const { status, seconds, classname } = open
  const named = {
    ...nameTest(open.name, classname, suites.at(-1)),
    classname,
    suites,
    status,
  }
  const result = { ...named, flaky: false, seconds }
  if (status === 'passed') return { ...result, failures: [] }
  const message = open.texts.text('message')
  if (status === 'skipped') return { ...result, failures: [], skipReason: firstLine(message) || undefined }
  const text = open.texts.messageAndTrace()
  const kind = status === 'failed' ? 'failure' : 'error'
  return {
    ...result,
    failures: [{ kind, message: firstLine(message, text), text }],
    stdout: open.texts.text('stdout'),
  }
}
