/** xUnit.net, versions 1 to 3. */
import type { TextSink, XmlAttributes, XmlHandler } from '@ci-actions/shared'
import { NamedTexts } from './named-texts.ts'
import type { Reading } from './reading.ts'
import { firstLine, strayFailure } from './reading.ts'
import { parseSeconds } from './seconds.ts'
import { leastFailing, parseCount, SuiteStack } from './suite-stack.ts'
import { nameTest } from './test-name.ts'
import type { TestResult, TestStatus } from './test-result.ts'
import { withoutClass } from './trx.ts'

interface OpenTest {
  readonly name: string | undefined
  readonly classname: string | undefined
  readonly file: string | undefined
  readonly line: number | undefined
  readonly seconds: number | undefined
  /** `error` for what went wrong outside of a test. */
  status: TestStatus
  type: string | undefined
  readonly texts: NamedTexts
}

const containers: ReadonlySet<string> = new Set(['assemblies', 'assembly', 'collection', 'class'])

export class XunitHandler implements XmlHandler {
  readonly #reading: Reading
  readonly #suites: SuiteStack
  #test: OpenTest | undefined

  constructor(reading: Reading) {
    this.#reading = reading
    this.#suites = new SuiteStack(reading)
  }

  open(name: string, attributes: XmlAttributes): TextSink | undefined {
    if (containers.has(name)) this.#suites.push(attributes.get('name') ?? '', totalsOf(attributes))
    else if (name === 'test') this.#test = openTest(attributes, statusOfTest(attributes.get('result')))
    else if (name === 'error' && this.#test === undefined) this.#test = openTest(attributes, 'error')
    else if (this.#test !== undefined) return openInTest(name, attributes, this.#test)
    return undefined
  }

  close(name: string): void {
    if (containers.has(name)) this.#suites.pop()
    else if (name === 'test' || name === 'error') this.#endTest()
  }

  end(): void {
    if (this.#test !== undefined && this.#test.status !== 'passed' && this.#test.status !== 'skipped')
      this.#endTest()
  }

  #endTest(): void {
    const ended = this.#test
    this.#test = undefined
    if (ended === undefined) return
    const result = toResult(ended, this.#suites.names)
    const failure = result.failures[0]
    if (ended.status === 'error' && failure !== undefined) {
      this.#suites.countFailure()
      const place = ended.name ?? (this.#suites.name || '(no assembly)')
      this.#reading.test(strayFailure(place, this.#suites.names, failure))
      return
    }
    this.#suites.count(result.failures.length, ended.status === 'skipped')
    this.#reading.test(result)
  }
}

function totalsOf(attributes: XmlAttributes): { tests: number | undefined; failing: number | undefined } {
  const failed = parseCount(attributes.get('failed'))
  const errors = parseCount(attributes.get('errors'))
  const failing = leastFailing(failed, errors)
  return { tests: parseCount(attributes.get('total')), failing }
}

function statusOfTest(result: string | undefined): TestStatus {
  if (result === 'Pass') return 'passed'
  return result === 'Skip' || result === 'NotRun' ? 'skipped' : 'failed'
}

function openTest(attributes: XmlAttributes, status: TestStatus): OpenTest {
  const classname = attributes.get('type')
  const isError = status === 'error'
  return {
    name: isError
      ? attributes.get('name')
      : withoutClass(attributes.get('name') ?? attributes.get('method'), classname),
    classname: isError ? undefined : classname,
    file: attributes.get('source-file') ?? undefined,
    line: parseCount(attributes.get('source-line')) || undefined,
    seconds: parseSeconds(attributes.get('time')),
    status,
    type: isError ? classname : undefined,
    texts: new NamedTexts(),
  }
}

function openInTest(name: string, attributes: XmlAttributes, open: OpenTest): TextSink | undefined {
  if (name === 'failure') {
    open.type = attributes.get('exception-type') ?? open.type
    // A failure counts, whatever the attribute says.
    if (open.status === 'passed' || open.status === 'skipped') open.status = 'failed'
  }
  if (name === 'message' || name === 'reason') return open.texts.sink('message')
  if (name === 'stack-trace') return open.texts.sink('trace')
  return name === 'output' ? open.texts.sink('stdout') : undefined
}

function toResult(open: OpenTest, suites: readonly string[]): TestResult {
  const { classname, file, line, seconds, status } = open
  const place = { classname, file, line, suites, seconds, flaky: false }
  const result = { ...nameTest(open.name, classname, file, suites.at(-1)), ...place, status }
  if (status === 'passed') return { ...result, failures: [] }
  const message = open.texts.text('message')
  if (status === 'skipped') return { ...result, failures: [], skipReason: firstLine(message) || undefined }
  const text = open.texts.messageAndTrace()
  const kind = status === 'failed' ? 'failure' : 'error'
  const failure = { kind, type: open.type, message: firstLine(message, text), text } as const
  return { ...result, failures: [failure], stdout: open.texts.text('stdout') }
}
