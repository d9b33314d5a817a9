/** One test of a JUnit file while its element is open. */
import type { TextTail, XmlAttributes } from '@ci-actions/shared'
import { NamedTexts } from './named-texts.ts'
import { firstLine, statusOf } from './reading.ts'
import { parseSeconds } from './seconds.ts'
import type { SuiteStack } from './suite-stack.ts'
import { nameTest } from './test-name.ts'
import type { TestFailure, TestResult } from './test-result.ts'

/** A test that failed more often has said enough. */
const mostFailures = 50

export interface OpenFailure {
  readonly kind: TestFailure['kind']
  readonly type: string | undefined
  readonly message: string | undefined
  readonly text: TextTail
  /** Of a try whose outcome another try replaced. */
  readonly earlier: boolean
}

export interface OpenCase {
  /** What comes of it where nothing else is said. */
  readonly passed: TestResult
  readonly outer: OpenCase | undefined
  readonly stated: StatedOutcome
  failures: OpenFailure[] | undefined
  skipMessage: string | undefined
  /** `skipped` is there as soon as an element says so. */
  texts: NamedTexts | undefined
}

/** What attributes say: googletest, CTest and others have no element for it. */
type StatedOutcome = 'skipped' | 'failed' | undefined

/** `lineBase`: the number that the first line of a file has. */
export function openCase(
  attributes: XmlAttributes,
  suites: SuiteStack,
  outer: OpenCase | undefined,
  lineBase: number,
): OpenCase {
  const passed = passedTest(attributes, suites, lineBase)
  const stated = statedOutcome(attributes)
  return { passed, outer, stated, failures: undefined, skipMessage: undefined, texts: undefined }
}

/** A test whose element has nothing in it; undefined where its attributes say that it did not pass. */
export function emptyCase(
  attributes: XmlAttributes,
  suites: SuiteStack,
  lineBase: number,
): TestResult | undefined {
  return statedOutcome(attributes) === undefined ? passedTest(attributes, suites, lineBase) : undefined
}

/** With all names in place: an object that gets more of them later costs twice as much. */
function passedTest(attributes: XmlAttributes, suites: SuiteStack, lineBase: number): Everything<TestResult> {
  const classname = attributes.get('classname') ?? attributes.get('class')
  const file = attributes.get('file') ?? attributes.get('filepath') ?? suites.file
  const { id, name, place } = nameTest(attributes.get('name'), classname, file, suites.name)
  return {
    id,
    name,
    place,
    classname,
    file,
    line: wholeNumber(attributes.get('line') ?? attributes.get('lineno'), lineBase),
    suites: suites.names,
    status: 'passed',
    flaky: false,
    seconds: parseSeconds(attributes.get('time')),
    failures: noFailures,
    stdout: undefined,
    stderr: undefined,
    skipReason: undefined,
    order: undefined,
    kind: undefined,
    package: undefined,
    leg: undefined,
  }
}

type Everything<T> = { readonly [name in keyof Required<T>]: T[name] }

/** The first failures and all of another weight are kept; that there was one is never lost. */
export function addFailure(open: OpenCase, failure: OpenFailure): TextTail | undefined {
  open.failures ??= []
  const isFull = open.failures.length >= mostFailures
  if (isFull && open.failures.some(({ earlier }) => earlier === failure.earlier)) return undefined
  open.failures.push(failure)
  return failure.text
}

/** Set up when something is read: most tests have no text at all. */
export function textsOf(open: OpenCase): NamedTexts {
  open.texts ??= new NamedTexts()
  return open.texts
}

export function closeCase(open: OpenCase): TestResult {
  const { passed, stated, texts } = open
  const isSkipped = texts?.has('skipped') === true || stated === 'skipped'
  if (open.failures === undefined && !isSkipped && stated === undefined) return passed
  const failures = (open.failures ?? []).map(toFailure)
  const decisive = failuresThatCount(open, failures)
  if (stated === 'failed' && decisive.length === 0) {
    failures.push(statedFailure)
    decisive.push(statedFailure)
  }
  const status = statusOf(decisive, isSkipped ? 'skipped' : 'passed')
  const skipReason = status === 'skipped' ? firstLine(open.skipMessage, texts?.text('skipped')) : ''
  return {
    ...passed,
    status,
    failures,
    flaky: status === 'passed',
    stdout: texts?.text('stdout'),
    stderr: texts?.text('stderr'),
    skipReason: skipReason || undefined,
  }
}

const noFailures: readonly TestFailure[] = []
const statedFailure: TestFailure = {
  kind: 'failure',
  message: 'The file says that it failed, not why',
  text: '',
}

/** Tries before count only where a later one did not pass: Surefire then writes a failure beside them. */
function failuresThatCount(open: OpenCase, failures: readonly TestFailure[]): TestFailure[] {
  return failures.filter((_, index) => open.failures?.[index]?.earlier === false)
}

function toFailure({ kind, type, message, text }: OpenFailure): TestFailure {
  const whole = text.toString()
  const said =
    message !== undefined && emptyWords.test(message) ? firstLine(ownLines(whole), message) : message
  return { kind, type, message: firstLine(said, whole, type), text: whole === '' ? (message ?? '') : whole }
}

/** gotestsum, nose2 and behave write these into every failure; the text says what happened. */
const emptyWords = /^\s*(failed|test failure|none)\s*$/i

/** Without what announces a test, and the heading of a traceback. */
function ownLines(text: string): string {
  const lines = text.split('\n').filter((line) => !/^\s*(=== |--- |Traceback )/.test(line))
  // Go prints the output of a test before what it reports.
  const reported = lines.find((line) => /^\s*\S+\.go:\d+: \S/.test(line))
  if (reported !== undefined) return reported
  const last = lines.findLast((line) => line.trim() !== '') ?? ''
  // Python says at the end what went wrong.
  return text.includes('Traceback (most recent call last)') ? last : lines.join('\n')
}

function statedOutcome(attributes: XmlAttributes): StatedOutcome {
  const status = attributes.get('status')
  const result = attributes.get('result')
  if (status === undefined && result === undefined) return undefined
  const words = [status ?? '', result ?? '']
  if (words.some((word) => failedWords.test(word))) return 'failed'
  return words.some((word) => skippedWords.test(word)) ? 'skipped' : undefined
}

const failedWords = /^(fail|failed|failure|error|errored|broken|crashed|timeout|timedout|aborted)$/i
const skippedWords = /^(skip|skipped|disabled|notrun|not_run|suppressed|ignored|pending)$/i

function wholeNumber(text: string | undefined, first: number): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined
  const line = Number(text) + 1 - first
  return line > 0 ? line : undefined
}
