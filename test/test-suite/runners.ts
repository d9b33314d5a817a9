/**
 * Runners whose real output is recorded in `test/fixtures/runners/<id>`, each on the project that lies there. What
 * each comes to is known from the project's source and the runner's documentation, never from what was read.
 */
import type { ResultFormat } from '../../actions/test-suite/src/results/test-result.ts'

export interface RecordedRunner {
  /** Name of the folder. */
  readonly id: string
  /** By which client, and what in which version. */
  readonly from: 'npm' | 'pip' | 'go' | 'maven'
  readonly packages: readonly string[]
  /** In the project's folder; programs of `packages` come first in PATH. */
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** File that it writes, relative to the project; `-` is its standard output. */
  readonly writes: string
  readonly format: ResultFormat
  readonly expected: ExpectedTests
}

export interface ExpectedTests {
  readonly passed: number
  readonly failed: number
  readonly error: number
  readonly skipped: number
  /** Among the passed. */
  readonly flaky: number
  /** False where the file itself says that something is missing from it. */
  readonly complete: boolean
}

const python = ['pytest==9.2.0', 'pytest-rerunfailures==16.7']
const jest = ['jest@30.5.2', 'jest-junit@17.0.0']
const runJest = ['jest', '--ci', '--testMatch=**/*.check.js', '--reporters=jest-junit']

export const recordedRunners: readonly RecordedRunner[] = [
  {
    ...{ id: 'jest', from: 'npm', packages: jest, command: runJest, writes: 'junit.xml', format: 'junit' },
    // Without it a file that cannot be loaded leaves nothing but a number.
    env: { JEST_JUNIT_REPORT_TEST_SUITE_ERRORS: 'true' },
    // An exception is a failure. jest-junit writes the file twice, as error and failure; a test that was tried
    // again and one that is to do look like those that passed.
    expected: { passed: 5, failed: 3, error: 1, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'jest-hidden-error', from: 'npm', packages: jest, command: runJest },
    ...{ writes: 'junit.xml', format: 'junit' },
    // Nothing in the file tells of the other one: the exit code alone does.
    expected: { passed: 1, failed: 0, error: 0, skipped: 0, flaky: 0, complete: true },
  },
  {
    ...{ id: 'vitest', from: 'npm', packages: ['vitest@4.1.12'], writes: 'junit.xml', format: 'junit' },
    command: ['vitest', 'run', '--globals', '--reporter=junit', '--outputFile=junit.xml', '--dir=.'],
    // The file that cannot be loaded is a failure named after it.
    expected: { passed: 4, failed: 3, error: 0, skipped: 2, flaky: 0, complete: true },
  },
  {
    ...{ id: 'mocha', from: 'npm', packages: ['mocha@11.8.0', 'mocha-junit-reporter@2.2.1'] },
    command: ['mocha', '--reporter=mocha-junit-reporter', 'basket.check.js'],
    ...{ writes: 'test-results.xml', format: 'junit' },
    // The hook is the third failure, and the test behind it never ran; what was skipped is left out.
    expected: { passed: 4, failed: 3, error: 0, skipped: 0, flaky: 0, complete: true },
  },
  {
    ...{ id: 'playwright', from: 'npm', packages: ['@playwright/test@1.65.1'], format: 'junit' },
    command: ['playwright', 'test', '--reporter=junit'],
    env: { PLAYWRIGHT_JUNIT_OUTPUT_NAME: 'junit.xml', PLAYWRIGHT_JUNIT_INCLUDE_RETRIES: 'true' },
    writes: 'junit.xml',
    // Each test in two projects; an exception is an error.
    expected: { passed: 10, failed: 2, error: 2, skipped: 4, flaky: 2, complete: true },
  },
  {
    ...{ id: 'tape', from: 'npm', packages: ['tape@5.10.2'], command: ['tape', 'basket.js'] },
    ...{ writes: '-', format: 'tap' },
    // Assertions are tests; one that is skipped leaves a comment alone.
    expected: { passed: 3, failed: 1, error: 0, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'tap', from: 'npm', packages: ['tap@21.8.0'], writes: '-', format: 'tap' },
    command: ['tap', '--reporter=tap', '--disable-coverage', 'basket.check.js'],
    // What is to do is `ok … # TODO`.
    expected: { passed: 4, failed: 2, error: 0, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'cucumber', from: 'npm', packages: ['@cucumber/cucumber@12.9.0'] },
    command: ['cucumber-js', '--retry=1', '--retry-tag-filter=@flaky', '--format=junit:junit.xml'],
    ...{ writes: 'junit.xml', format: 'junit' },
    // Steps that are pending or that nobody wrote fail the run.
    expected: { passed: 4, failed: 3, error: 0, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'pytest', from: 'pip', packages: python, writes: 'junit.xml', format: 'junit' },
    command: ['pytest', '--continue-on-collection-errors', '--junit-xml=junit.xml'],
    expected: { passed: 4, failed: 3, error: 3, skipped: 2, flaky: 1, complete: true },
  },
  {
    ...{ id: 'unittest', from: 'pip', packages: ['unittest-xml-reporting==4.0.0'] },
    command: ['python', '-m', 'xmlrunner', '--output-file=junit.xml', 'test_basket'],
    ...{ writes: 'junit.xml', format: 'junit' },
    // A success that was not expected is an error.
    expected: { passed: 1, failed: 2, error: 3, skipped: 2, flaky: 0, complete: true },
  },
  {
    ...{ id: 'nose2', from: 'pip', packages: ['nose2==0.16.0'] },
    command: ['nose2', '--plugin=nose2.plugins.junitxml', '--junit-xml'],
    ...{ writes: 'nose2-junit.xml', format: 'junit' },
    expected: { passed: 1, failed: 1, error: 2, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'robot', from: 'pip', packages: ['robotframework==7.5'] },
    command: ['robot', '--xunit=junit.xml', 'basket.robot'],
    ...{ writes: 'junit.xml', format: 'junit' },
    expected: { passed: 1, failed: 3, error: 0, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'behave', from: 'pip', packages: ['behave==1.3.3'] },
    command: ['behave', '--junit'],
    ...{ writes: 'reports/TESTS-basket.xml', format: 'junit' },
    // An exception, and a step that nobody wrote, are errors.
    expected: { passed: 3, failed: 1, error: 2, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'go-test', from: 'go', packages: [], command: ['go', 'test', '-json', './...'] },
    ...{ writes: '-', format: 'go-test' },
    expected: { passed: 5, failed: 3, error: 1, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'gotestsum', from: 'go', packages: ['gotest.tools/gotestsum@v1.13.0'] },
    command: ['gotestsum', '--junitfile=junit.xml', './...'],
    ...{ writes: 'junit.xml', format: 'junit' },
    // Tests around subtests are tests of their own; the package that does not compile is a failure.
    expected: { passed: 6, failed: 5, error: 0, skipped: 1, flaky: 0, complete: true },
  },
  {
    ...{ id: 'surefire', from: 'maven', packages: [], command: ['mvn', '--batch-mode', 'test'] },
    ...{ writes: 'target/surefire-reports/TEST-BasketTest.xml', format: 'junit' },
    expected: { passed: 4, failed: 1, error: 1, skipped: 1, flaky: 1, complete: true },
  },
]
