/** TRX, which `dotnet test --logger trx` and Visual Studio write. */

import type { TextSink, XmlAttributes, XmlHandler } from '@ci-actions/shared'
import { TextTail } from '@ci-actions/shared'
import type { TextName } from './named-texts.ts'
import { NamedTexts } from './named-texts.ts'
import type { Reading } from './reading.ts'
import { firstLine, longestText, quoted, strayFailure } from './reading.ts'
import { parseSeconds } from './seconds.ts'
import { nameTest } from './test-name.ts'
import type { TestResult, TestStatus } from './test-result.ts'

/** Which class a test is of stands at the end of the file, after the results. */
export type TrxClasses = ReadonlyMap<string, string>

/** Definitions kept; a class that is not known leaves the test's own name. */
const mostDefinitions = 1_000_000

export class TrxClassHandler implements XmlHandler {
  readonly classes = new Map<string, string>()
  readonly #names = new Map<string, string>()
  #test: string | undefined

  open(name: string, attributes: XmlAttributes): undefined {
    if (name === 'UnitTest') this.#test = attributes.get('id')
    const classname = name === 'TestMethod' ? attributes.get('className') : undefined
    if (classname === undefined || this.#test === undefined || this.classes.size >= mostDefinitions) return
    // MSTest adds the assembly: "Namespace.Class, Assembly, Version=…".
    const bare = classname.split(',', 1)[0] ?? classname
    if (!this.#names.has(bare)) this.#names.set(bare, bare)
    this.classes.set(this.#test, this.#names.get(bare) ?? bare)
  }

  close(): void {}
}

interface OpenResult {
  readonly name: string | undefined
  readonly classname: string | undefined
  readonly seconds: number | undefined
  readonly status: TestStatus
  readonly outcome: string
  readonly outer: OpenResult | undefined
  /** Results within, of the rows of a data-driven test. */
  inner: { tests: number; failing: number }
  readonly texts: NamedTexts
}

export class TrxHandler implements XmlHandler {
  readonly #reading: Reading
  readonly #classes: TrxClasses
  #result: OpenResult | undefined
  #failing = 0
  #summary: string | undefined
  readonly #runInfo = new TextTail(longestText)

  constructor(reading: Reading, classes: TrxClasses) {
    this.#reading = reading
    this.#classes = classes
  }

  open(name: string, attributes: XmlAttributes): TextSink | undefined {
    if (name.endsWith('Result') && attributes.get('testName') !== undefined) this.#openResult(attributes)
    else if (name === 'ResultSummary') this.#summary = attributes.get('outcome') ?? ''
    else if (this.#summary !== undefined && name === 'Text') return this.#runInfo
    else return this.#sinkFor(textNames.get(name))
    return undefined
  }

  #sinkFor(text: TextName | undefined): TextSink | undefined {
    return text === undefined ? undefined : this.#result?.texts.sink(text)
  }

  close(name: string): void {
    if (name.endsWith('Result') && this.#result !== undefined) this.#endResult(this.#result)
    if (name === 'ResultSummary') this.#checkSummary()
  }

  end(): void {
    for (let open = this.#result; open !== undefined; open = open.outer) {
      if (isFailing(open.status)) this.#reading.test(toResult(open))
    }
  }

  #openResult(attributes: XmlAttributes): void {
    const outcome = attributes.get('outcome') ?? ''
    this.#result = {
      name: attributes.get('testName'),
      classname: this.#classes.get(attributes.get('testId') ?? ''),
      seconds: parseSeconds(attributes.get('duration')),
      status: outcomes.get(outcome.toLowerCase()) ?? 'error',
      outcome,
      outer: this.#result,
      inner: { tests: 0, failing: 0 },
      texts: new NamedTexts(),
    }
  }

  /** The whole of a data-driven test is the sum of its rows, unless it failed by itself. */
  #endResult(ended: OpenResult): void {
    this.#result = ended.outer
    const failing = isFailing(ended.status)
    if (ended.outer !== undefined) {
      ended.outer.inner.tests += 1
      if (failing) ended.outer.inner.failing += 1
    }
    if (failing) this.#failing += 1
    const isSum = ended.inner.tests > 0 && (!failing || ended.inner.failing > 0)
    if (!isSum) this.#reading.test(toResult(ended))
  }

  #checkSummary(): void {
    const outcome = this.#summary ?? ''
    this.#summary = undefined
    if (/^(completed|passed|warning|)$/i.test(outcome) || this.#failing > 0) return
    const text = this.#runInfo.toString()
    const message = firstLine(text) || `The run ended as ${quoted(outcome)}`
    this.#reading.test(strayFailure('(test run)', [], { kind: 'error', message, text }))
  }
}

const textNames: ReadonlyMap<string, TextName> = new Map([
  ['Message', 'message'],
  ['StackTrace', 'trace'],
  ['StdOut', 'stdout'],
  ['StdErr', 'stderr'],
])

function toResult(open: OpenResult): TestResult {
  const { status, seconds, classname } = open
  const name = withoutClass(open.name, classname)
  const result = {
    ...nameTest(name, classname),
    classname,
    suites: [],
    status,
  }
  if (status === 'passed') return { ...result, flaky: false, seconds, failures: [] }
  const text = open.texts.messageAndTrace()
  const message = firstLine(open.texts.text('message'), text)
  if (status === 'skipped')
    return { ...result, flaky: false, seconds, failures: [], skipReason: message || undefined }
  const kind = status === 'failed' ? 'failure' : 'error'
  const why = message || (open.outcome === '' ? 'No outcome' : open.outcome)
  const output = { stdout: open.texts.text('stdout'), stderr: open.texts.text('stderr') }
  return { ...result, flaky: false, seconds, failures: [{ kind, message: why, text }], ...output }
}

/** Adapters other than MSTest's put the class before the name. */
export function withoutClass(name: string | undefined, classname: string | undefined): string | undefined {
  if (name === undefined || classname === undefined) return name
  return name.startsWith(`${classname}.`) ? name.slice(classname.length + 1) : name
}

function isFailing(status: TestStatus): boolean {
  return status === 'failed' || status === 'error'
}

/** What is not here, or missing, is an error: Visual Studio leaves out its default value, which is Error. */
const outcomes: ReadonlyMap<string, TestStatus> = new Map([
  ['passed', 'passed'],
  ['warning', 'passed'],
  ['completed', 'passed'],
  ['failed', 'failed'],
  ['notexecuted', 'skipped'],
  ['inconclusive', 'skipped'],
  ['pending', 'skipped'],
])
