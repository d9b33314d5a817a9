/**
 * Results that another reporter shows green, or could: none of them passes here. Each case goes through the whole
 * action. Names of reporters are those that were seen to do it, or whose users report it.
 */
import { describe, expect, it, test } from 'vitest'
import type { Files, Inputs } from './test/suite-project.ts'
import { readSuite, saidBy } from './test/suite-project.ts'

const good = '<testcase classname="a" name="one"/>'
const bad = '<testcase classname="a" name="two"><failure message="no"/></testcase>'
const suite = (cases: string, attributes = '') => `<testsuite name="s" ${attributes}>${cases}</testsuite>`
const file = (cases: string, attributes = '') => `<testsuites>${suite(cases, attributes)}</testsuites>`
const one = (text: string | Uint8Array): Files => ({ 'results/a.xml': text })

interface Case {
  readonly name: string
  readonly files: Files
  readonly inputs?: Inputs
  readonly verdict: 'failed' | 'incomplete' | 'error'
  /** What a person has to be told. */
  readonly says: RegExp
}

const shown: readonly Case[] = [
  [
    'failures two suites deep (test-reporter counts one level: success)',
    `<testsuites>${suite(suite(good + bad))}</testsuites>`,
  ],
  ['failures seven suites deep', `${'<testsuite>'.repeat(7)}${good}${bad}${'</testsuite>'.repeat(7)}`],
  [
    'a test that is skipped and failed (action-junit-report counts it as skipped: success)',
    file(`${good}<testcase name="b"><skipped/><failure message="no"/></testcase>`),
  ],
  [
    'a test that is skipped and in error (the same)',
    file(`${good}<testcase name="b"><error message="no"/><skipped/></testcase>`),
  ],
  [
    'a failure in a suite without name (test-reporter crashes)',
    `<testsuites><testsuite>${good}${bad}</testsuite></testsuites>`,
  ],
  ['a failure beside the suites', `<testsuites>${suite(good)}${bad}</testsuites>`],
  ['a failure without any suite', bad],
  ['a failure that only an attribute says', file(`${good}<testcase name="b" status="failed"/>`)],
  [
    'an error of the suite, while its tests passed',
    file(`${good}<error message="the fixture of the class"/>`),
  ],
  ['a failure that stands there again as passed', file(bad + good.replace('one', 'two'))],
  ['a failure after 1,999 tests (reporters that read the first fifty)', file(good.repeat(1999) + bad)],
  ['a failure with a time that goes backwards', file(bad.replace('name', 'time="-4" name'))],
  ['a failure with a time that is no number', file(bad.replace('name', 'time="NaN" name'))],
  ['a failure with a time that has a comma', file(bad.replace('name', 'time="0,5" name'))],
  [
    'a failure of a test whose name is in Windows-1252',
    Buffer.from(
      `<?xml version="1.0" encoding="windows-1252"?>${file(good + bad.replace('two', 'größe\u0093'))}`,
      'latin1',
    ),
  ],
].map(([name, text]) => ({
  name: String(name),
  files: one(text ?? ''),
  verdict: 'failed',
  says: /`(failures|errors)` is 1, must be 0/,
}))

const lost: readonly Case[] = [
  {
    name: 'a file that is cut off after tests that passed',
    files: one(file(good + good).slice(0, -30)),
    verdict: 'incomplete',
    says: /breaks off/,
  },
  {
    name: 'failures="3", and no test shows one',
    files: one(file(good.repeat(4), 'tests="4" failures="3"')),
    verdict: 'incomplete',
    says: /counts 3 failed, and none of its 4 tests shows a failure/,
  },
  {
    name: 'failures="2" on the root alone, and no test shows one',
    files: one(`<testsuites failures="2">${suite(good)}</testsuites>`),
    verdict: 'incomplete',
    says: /counts 2 failed/,
  },
  {
    name: 'errors="1" and what the process printed, as after a crash of it',
    files: one(file(`${good}<system-err>The forked VM terminated</system-err>`, 'errors="1"')),
    verdict: 'incomplete',
    says: /counts 1 failed/,
  },
  {
    name: 'failures="2", and the one that shows is in quarantine',
    files: {
      ...one(file(good + bad, 'tests="2" failures="2"')),
      '.github/ci-actions.yml':
        'test-suite:\n  quarantine:\n    - test: "*::two"\n      reason: race\n      owner: ada\n      expires: 2026-02-01\n',
    },
    verdict: 'incomplete',
    says: /counts 2 failed, and only 1/,
  },
  {
    name: 'tests="5", and none is there',
    files: one(file('', 'tests="5"')),
    verdict: 'incomplete',
    says: /counts 5 tests and holds none/,
  },
  {
    name: 'TAP with fewer tests than its plan',
    files: { 'results/a.tap': '1..3\nok 1 - one\nok 2 - two\n' },
    verdict: 'incomplete',
    says: /plans 3 tests and holds 2/,
  },
  {
    name: 'a Go package that does not compile, beside one that passed',
    files: {
      'results/go.json':
        '{"Action":"pass","Package":"a","Test":"TestOne"}\n{"Action":"pass","Package":"a"}\n{"Action":"fail","Package":"b"}\n',
    },
    verdict: 'failed',
    says: /`errors` is 1, must be 0/,
  },
]

const nothing: readonly Case[] = [
  { name: 'an empty file', files: one(''), verdict: 'incomplete', says: /is empty/ },
  {
    name: 'an empty file beside one that passed',
    files: { ...one(file(good)), 'results/b.xml': '' },
    verdict: 'incomplete',
    says: /b\.xml .*is empty/,
  },
  { name: 'no test', files: one('<testsuites/>'), verdict: 'incomplete', says: /without any test/ },
  { name: 'tests="0"', files: one(file('', 'tests="0"')), verdict: 'incomplete', says: /without any test/ },
  {
    name: 'no test in one file, beside one that passed (a leg that found nothing)',
    files: { ...one(file(good)), 'results/b.xml': file('', 'tests="0" failures="0"') },
    verdict: 'incomplete',
    says: /b\.xml is a file of results without any test/,
  },
  {
    name: 'disabled tests alone (test-reporter counts them as passed)',
    files: one(file('<testcase name="a" status="disabled"/>', 'disabled="1"')),
    verdict: 'incomplete',
    says: /No test ran: the only one was skipped/,
  },
  {
    name: 'skipped tests alone',
    files: one(file('<testcase name="a"><skipped/></testcase>'.repeat(2))),
    verdict: 'incomplete',
    says: /No test ran: all 2 tests were skipped/,
  },
  { name: 'a pattern that fits nothing', files: {}, verdict: 'error', says: /fits no file/ },
  {
    name: 'one of two patterns that fits nothing (a leg that sent nothing)',
    files: one(file(good)),
    inputs: { reports: 'results/*.xml\nother/*.xml' },
    verdict: 'error',
    says: /other\/\*\.xml/,
  },
  {
    name: 'no file, where that is allowed',
    files: {},
    inputs: { 'allow-empty': 'true' },
    verdict: 'failed',
    says: /`tests` is 0/,
  },
  {
    name: 'coverage that was asked for and is absent',
    files: one(file(good)),
    inputs: { coverage: 'true' },
    verdict: 'incomplete',
    says: /coverage/,
  },
]

const other: readonly Case[] = [
  ['an HTML page', '<!doctype html><html><body>502 Bad Gateway</body></html>', /HTML page/],
  ['a coverage report', '<coverage line-rate="1"/>', /root is <coverage>/],
  ['what the runner printed', 'All 12 tests passed\n', /begins with "All 12 tests passed"/],
  ['a pointer to a file in Git LFS', 'version 1\noid sha256:4d7a\nsize 12345\n', /begins with "version 1"/],
  [
    'an entity bomb',
    '<!DOCTYPE t [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>',
    /of its own/,
  ],
].map(([name, text, says]) => ({
  name: `${name}, beside a file that passed`,
  files: { ...one(file(good)), 'results/b.xml': String(text) },
  verdict: 'incomplete',
  says: says instanceof RegExp ? says : /./,
}))

describe.for([
  ['a failure is there', shown],
  ['something is lost', lost],
  ['nothing ran', nothing],
  ['a file is none of results', other],
] as const)('%s', ([, cases]) => {
  it.each(cases)('$name', async ({ files, inputs, verdict, says }) => {
    const end = await readSuite(files, inputs)
    expect(saidBy(end)).toMatch(says)
    expect(end.verdict).toBe(verdict)
  })
})

test('lost tests are said, where the rest passed', async () => {
  const end = await readSuite(one(file(good, 'tests="3"')))
  expect(end.verdict).toBe('passed')
  expect(end.report.notices.join()).toMatch(/results\/a\.xml: The suite "s" counts 3 tests and holds 1/)
})

test('what is allowed to be empty is said', async () => {
  const skipped = one(file('<testcase name="a"><skipped/></testcase>'))
  const files = { ...skipped, 'results/b.xml': '<testsuites/>' }
  const end = await readSuite(files, { 'allow-empty': 'true' })
  expect(end.verdict).toBe('passed')
  expect(saidBy(end)).toMatch(/b\.xml is a file of results without any test.\n.*the only one was skipped/)
})
