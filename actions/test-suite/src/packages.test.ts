/** Packages of a monorepo, from the policy file to the verdict. */
import type { RunEnd } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { readSuite, saidBy } from './test/suite-project.ts'

const policy = (packages: string) => `test-suite:\n  packages:\n${packages}`
const two = policy(
  '    api: services/api\n    web:\n      path: services/web\n      gate:\n        - tests.unit >= 2\n        - failures == 0\n        - coverage >= 50%\n',
)
const junit = (cases: string) => `<testsuites><testsuite name="s">${cases}</testsuite></testsuites>`
const passing = (file: string, name: string) => `<testcase classname="c" name="${name}" file="${file}"/>`
const failing = (file: string, name: string) =>
  `<testcase classname="c" name="${name}" file="${file}"><failure message="no"/></testcase>`
const sources = {
  'services/api/tests/unit/test_a.py': '',
  'services/web/tests/unit/test_b.py': '',
  'services/web/web.py': '',
}
const web = 'services/web/tests/unit/test_b.py'
const api = 'services/api/tests/unit/test_a.py'
const lcov = 'SF:services/web/web.py\nDA:1,1\nDA:2,0\nDA:3,0\nend_of_record\n'

function run(cases: string, inputs: Readonly<Record<string, string>> = {}, coverage = lcov): Promise<RunEnd> {
  return readSuite(
    { ...sources, '.github/ci-actions.yml': two, 'results/a.xml': junit(cases), 'cov/lcov.info': coverage },
    { 'coverage-reports': 'cov/lcov.info', 'default-gate': 'off', ...inputs },
  )
}

describe('packages', () => {
  it('have rules of their own, on their own tests and files', async () => {
    const { report } = await run(failing(api, 'a') + passing(web, 'b'))
    const outcomes = report.rules.map(({ rule, outcome, now }) => `${rule.text}: ${outcome} ${now}`)
    expect(outcomes).toContain('tests.unit >= 2 in web: failed 1')
    expect(outcomes).toContain('failures == 0 in web: passed 0')
    expect(outcomes.find((text) => text.startsWith('coverage >= 50% in web'))).toMatch(/: failed 33\.3/)
    expect(report.findings.find(({ metric }) => metric === 'failures')).toMatchObject({ package: 'api' })
  })

  it('are not green where nothing was measured of them', async () => {
    expect((await run(passing(api, 'a'))).verdict).not.toBe('passed')
  })

  it('are refused where they are not as they should be', async () => {
    const end = await readSuite({
      '.github/ci-actions.yml': policy('    "a/b": services\n'),
      'results/a.xml': junit(passing(api, 'a')),
    })
    expect(end.verdict).toBe('error')
    expect(saidBy(end)).toContain('packages.a/b')
  })
})

it('a kind that there is not is refused', async () => {
  const end = await run(passing(api, 'a'), { kinds: 'smoke: tests/**' })
  expect(end.verdict).toBe('error')
  expect(saidBy(end)).toContain('`smoke` is no kind')
})

it('a glob of a kind that fits no test is said', async () => {
  const end = await run(passing(api, 'a'), { kinds: 'e2e: services/api/**\nunit: services/wep/**' })
  expect(saidBy(end)).toContain('`services/wep/**` fits the file of no test')
  expect(saidBy(end)).not.toContain('services/api/**')
})
