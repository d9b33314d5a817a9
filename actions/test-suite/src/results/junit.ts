/** JUnit XML in all its dialects: nobody ever wrote down which elements there are. */

import type { TextSink, XmlAttributes, XmlHandler } from '@ci-actions/shared'
import { TextTail } from '@ci-actions/shared'
import type { OpenCase, OpenFailure } from './junit-case.ts'
import { addFailure, closeCase, emptyCase, openCase, textsOf } from './junit-case.ts'
import { PytestTries } from './pytest-tries.ts'
import type { Reading } from './reading.ts'
import { firstLine, longestText, strayFailure } from './reading.ts'
import { leastFailing, parseCount, SuiteStack } from './suite-stack.ts'

const failureKinds: ReadonlyMap<string, Pick<OpenFailure, 'kind' | 'earlier'>> = new Map([
  ['failure', { kind: 'failure', earlier: false }],
  ['error', { kind: 'error', earlier: false }],
  // Maven Surefire, Gradle and Playwright: a try that failed before one that passed …
  ['flakyFailure', { kind: 'failure', earlier: true }],
  ['flakyError', { kind: 'error', earlier: true }],
  // … and one more that failed like the first, which has an element of its own.
  ['rerunFailure', { kind: 'failure', earlier: false }],
  ['rerunError', { kind: 'error', earlier: false }],
])
const skipElements: ReadonlySet<string> = new Set(['skipped', 'skip', 'disabled', 'ignored'])

export class JunitHandler implements XmlHandler {
  readonly #suites: SuiteStack
  readonly #reading: Reading
  readonly #tries: PytestTries
  #case: OpenCase | undefined
  #failure: OpenFailure | undefined
  #depthInFailure = 0

  constructor(reading: Reading) {
    this.#reading = reading
    this.#suites = new SuiteStack(reading)
    this.#tries = new PytestTries(reading, this.#suites)
  }

  open(name: string, attributes: XmlAttributes): TextSink | undefined {
    if (name === 'testsuite' || name === 'testsuites') return this.#openSuite(attributes)
    if (name === 'testcase') {
      this.#endFailure()
      // pytest counts lines from 0.
      this.#case = openCase(attributes, this.#suites, this.#case, this.#tries.isPytest ? 0 : 1)
      return undefined
    }
    if (this.#failure !== undefined) return this.#openInFailure(name)
    const kind = failureKinds.get(name)
    if (kind !== undefined) return this.#openFailure(kind, attributes)
    return this.#case === undefined ? undefined : openInCase(name, attributes, this.#case)
  }

  /** A test that says nothing but that it passed, as nearly all do. */
  empty(name: string, attributes: XmlAttributes): boolean {
    if (name !== 'testcase') return false
    this.#endFailure()
    const passed = emptyCase(attributes, this.#suites, this.#tries.isPytest ? 0 : 1)
    if (passed !== undefined) this.#tries.add(passed)
    return passed !== undefined
  }

  close(name: string): void {
    if (this.#failure !== undefined) {
      this.#depthInFailure -= 1
      if (this.#depthInFailure === 0) this.#endFailure()
    } else if (name === 'testcase') {
      this.#endCase()
    } else if (name === 'testsuite' || name === 'testsuites') {
      this.#tries.flush()
      this.#suites.pop()
    }
  }

  /** Elements that are open still are cut off: a test counts if it had failed, and not as passed. */
  end(): void {
    this.#endFailure()
    for (; this.#case !== undefined; this.#case = this.#case.outer) {
      if (this.#case.failures !== undefined) this.#tries.add(closeCase(this.#case))
    }
    this.#tries.flush()
  }

  #openSuite(attributes: XmlAttributes): undefined {
    this.#endFailure()
    this.#tries.flush()
    const failures = parseCount(attributes.get('failures'))
    const errors = parseCount(attributes.get('errors'))
    const name = attributes.get('name') ?? ''
    const stated = { tests: parseCount(attributes.get('tests')), failing: leastFailing(failures, errors) }
    this.#suites.push(name, stated, attributes.get('file') ?? attributes.get('filepath'))
    this.#tries.enter(name)
  }

  #openFailure(kind: Pick<OpenFailure, 'kind' | 'earlier'>, attributes: XmlAttributes): TextSink | undefined {
    const text = new TextTail(longestText)
    this.#failure = { ...kind, type: attributes.get('type'), message: attributes.get('message'), text }
    this.#depthInFailure = 1
    return this.#case === undefined ? text : addFailure(this.#case, this.#failure)
  }

  /** Surefire wraps the trace of a try; what that try printed is passed over. */
  #openInFailure(name: string): TextSink | undefined {
    this.#depthInFailure += 1
    return name === 'system-out' || name === 'system-err' ? undefined : this.#failure?.text
  }

  #endFailure(): void {
    const failure = this.#failure
    this.#failure = undefined
    if (failure === undefined || this.#case !== undefined) return
    // Of a suite: a crash, a fixture of a class, a file that could not be compiled.
    const text = failure.text.toString()
    const { kind, type, message } = failure
    const place = this.#suites.name === '' ? '(no suite)' : this.#suites.name
    this.#tries.flush()
    this.#suites.countFailure()
    this.#reading.test(
      strayFailure(place, this.#suites.names, { kind, type, message: firstLine(message, text), text }),
    )
  }

  #endCase(): void {
    const ended = this.#case
    if (ended === undefined) return
    this.#case = ended.outer
    this.#tries.add(closeCase(ended))
  }
}

function openInCase(name: string, attributes: XmlAttributes, open: OpenCase): TextSink | undefined {
  if (name === 'system-out') return textsOf(open).sink('stdout')
  if (name === 'system-err') return textsOf(open).sink('stderr')
  if (!skipElements.has(name)) return undefined
  open.skipMessage ??= attributes.get('message')
  return textsOf(open).sink('skipped')
}
