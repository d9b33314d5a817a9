/** Large JUnit files, written as they are made, so that making them takes no memory. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface JunitFile {
  readonly name: string
  readonly tests: number
  /** Every so many tests one fails; 0 for none. */
  readonly failEvery: number
  /** Bytes that each test printed. */
  readonly output: number
}

export const junitFiles = [
  { name: '100,000 tests', tests: 100_000, failEvery: 100, output: 0 },
  { name: '500,000 tests, 1 % failing', tests: 500_000, failEvery: 100, output: 0 },
  { name: '20,000 tests with 7 KB of output each', tests: 20_000, failEvery: 100, output: 7000 },
  { name: '20,000 tests, half failing', tests: 20_000, failEvery: 2, output: 0 },
] as const satisfies readonly JunitFile[]

const perClass = 100

/** The path of the file. Equal arguments make equal bytes. */
export function writeJunitFile(folder: string, file: JunitFile): string {
  const path = join(folder, `junit-${file.tests}-${file.failEvery}-${file.output}.xml`)
  const handle = openSync(path, 'w')
  writeSync(handle, '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n')
  for (let first = 0; first < file.tests; first += perClass) writeSync(handle, suite(first, file))
  writeSync(handle, '</testsuites>\n')
  closeSync(handle)
  return path
}

/** Those of the repository that the tests of a file written here are in. */
export function testFilesOf(path: string): readonly string[] {
  const tests = Number(/junit-(\d+)-/.exec(path)?.[1])
  return Array.from({ length: tests / perClass }, (_, index) => `${moduleOf(index).replaceAll('.', '/')}.py`)
}

function moduleOf(index: number): string {
  return `tests.unit.package_${index % 37}.test_module_${index}`
}

function suite(first: number, file: JunitFile): string {
  const count = Math.min(perClass, file.tests - first)
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  const name = moduleOf(first / perClass)
  const failures = numbers.filter((number) => isFailing(number, file)).length
  const cases = numbers.map((number) => testCase(name, number, file)).join('')
  const totals = `tests="${count}" failures="${failures}" errors="0" skipped="0"`
  return `<testsuite name="${name}" ${totals} time="1.234" timestamp="2026-01-01T00:00:00" hostname="bench">\n${cases}</testsuite>\n`
}

function testCase(classname: string, number: number, file: JunitFile): string {
  const seconds = ((number * 7919) % 1000) / 1000
  const start = `  <testcase classname="${classname}.TestThings" name="test_case_number_${number}[value-${number % 13}]" time="${seconds.toFixed(3)}"`
  const body = (isFailing(number, file) ? failure(number) : '') + output(number, file.output)
  return body === '' ? `${start}/>\n` : `${start}>${body}</testcase>\n`
}

function isFailing(number: number, { failEvery }: JunitFile): boolean {
  return failEvery > 0 && number % failEvery === 0
}

function failure(number: number): string {
  const frames = Array.from({ length: 12 }, (_, index) => {
    return `src/package/module_${index}.py:${100 + index}: in function_${index}\n    value = compute(&quot;argument ${index}&quot;, limit &lt; ${number})\n`
  })
  return `<failure message="AssertionError: expected ${number}&#10;got None" type="AssertionError">${frames.join('')}E   AssertionError: expected ${number}</failure>`
}

const outputLine =
  '2026-01-01 00:00:00,000 INFO service.worker handled a request in 12 ms: {"id": 17, "state": "done"}\n'

function output(number: number, bytes: number): string {
  if (bytes === 0) return ''
  const lines = outputLine.repeat(Math.ceil(bytes / outputLine.length))
  return `<system-out><![CDATA[test ${number}\n${lines.slice(0, bytes)}]]></system-out>`
}
