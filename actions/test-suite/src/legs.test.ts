/** What a matrix came to, from its jobs to the report of the merge: labels, differences, other runners. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Block, RunEnd } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import type { SuiteProject } from './test/suite-project.ts'
import { openSuiteProject, saidBy } from './test/suite-project.ts'

const merge = { mode: 'merge', reports: 'parts/**' }

/** One job of a matrix; its report folder is kept as an artifact is. */
async function job(
  project: SuiteProject,
  matrix: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, string>>,
): Promise<RunEnd> {
  const end = await project.run({ matrix: JSON.stringify(matrix), ...inputs })
  const name = Object.values(matrix).map(String).join('-')
  cpSync(join(project.root, end.report.reportFolder ?? ''), join(project.root, 'parts', name), {
    recursive: true,
  })
  return end
}

function measured({ report }: RunEnd, name: string, labels: Readonly<Record<string, string>> = {}) {
  const found = report.metrics.find(
    (value) =>
      value.name === name &&
      JSON.stringify(Object.entries(value.labels).sort()) === JSON.stringify(Object.entries(labels).sort()),
  )
  return found?.value
}

/** All texts of the report's sections, tables with ` | ` between cells. */
function texts(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'details':
        return [block.title, ...texts(block.blocks)]
      case 'list':
        return [...block.items]
      case 'paragraph':
        return [block.text]
      case 'table':
        return [block.columns.map(({ title }) => title), ...block.rows].map((row) => row.join(' | '))
      default:
        return []
    }
  })
}

const python = {
  'tests/unit/test_price.py':
    'import os\n\ndef test_same():\n    assert os.environ["LEG"] != "3.11"\n\ndef test_two():\n    assert os.environ["LEG"] == "3.12"\n\ndef test_good():\n    pass\n',
  'tests/integration/test_db.py':
    'import pytest\n\ndef test_row():\n    pass\n\n@pytest.mark.e2e\ndef test_whole():\n    pass\n',
  'tests/test_other.py': 'def test_it():\n    pass\n',
  'pytest.ini': '[pytest]\nmarkers =\n    e2e\n',
}

async function threeLegs(files: Readonly<Record<string, string>> = python) {
  const project = openSuiteProject(files)
  for (const version of ['3.10', '3.11', '3.12'])
    await job(project, { python: version }, { env: `LEG: ${version}`, 'job-total': '3' })
  return project
}

describe('legs of a matrix', { timeout: 120_000 }, () => {
  it('tell what fails in some of them alone, and count by themselves', async () => {
    const project = await threeLegs()
    const end = await project.run(merge)
    expect(end.verdict).toBe('failed')
    expect([measured(end, 'tests'), measured(end, 'failures')]).toEqual([18, 3])
    const leg = (version: string) => ({ leg: `python ${version}` })
    expect(['3.10', '3.11', '3.12'].map((each) => measured(end, 'failures', leg(each)))).toEqual([1, 2, 0])
    const failures = end.report.findings.filter(({ metric }) => metric === 'failures')
    expect(failures.map(({ message }) => message.replace(/: .*/, ''))).toEqual([
      'test_two in 2 of 3 legs (python 3.10, python 3.11)',
      'test_same only in python 3.11',
    ])
    const shown = texts(end.report.blocks)
    expect(shown).toContain('1 test fails only in `python 3.11`: `tests/unit/test_price.py::test_same`')
    expect(shown).toContain(
      '1 test fails in 2 of 3 legs (`python 3.10`, `python 3.11`): `tests/unit/test_price.py::test_two`',
    )
    expect(shown).toContainEqual(expect.stringMatching(/^`python 3\.11` \| 6 \| 2 \| 0 \| 0 \| /))
    expect(end.report.tools[0]).toMatchObject({ id: 'pytest', name: 'pytest' })
    expect(saidBy(end)).toContain('3 parts of 3 legs were put together.')
    // The same test in three legs is three tests.
    expect(saidBy(end)).not.toContain('more than once')
  })

  it('bring the kinds of their tests, marks of pytest among them', async () => {
    const project = await threeLegs()
    const end = await project.run({
      ...merge,
      gate: 'tests.unit >= 9\ntests.performance == 0\nkind-share.unit >= 60%\nfailures.integration == 0',
    })
    const kinds = ['unit', 'integration', 'e2e', 'security', 'performance']
    expect(kinds.map((kind) => measured(end, 'tests', { kind }))).toEqual([9, 3, 3, 0, 0])
    expect(kinds.map((kind) => measured(end, 'failures', { kind }))).toEqual([3, 0, 0, undefined, undefined])
    expect(measured(end, 'kind-share', { kind: 'unit' })).toBe(60)
    // 15 of the 18 have a kind.
    expect(measured(end, 'kind-share')).toBeCloseTo(83.33, 2)
    const outcomes = end.report.rules.map(({ rule, outcome }) => `${rule.text}: ${outcome}`)
    expect(outcomes).toContain('tests.unit >= 9: passed')
    expect(outcomes).toContain('tests.performance == 0: passed')
    expect(outcomes).toContain('kind-share.unit >= 60%: passed')
    expect(outcomes).toContain('failures.integration == 0: passed')
    expect(texts(end.report.blocks)).toContain('Kinds: 9 unit, 3 integration, 3 e2e')
  })

  it('take a mark of a class or module, and none of several', async () => {
    const project = openSuiteProject({
      'pytest.ini': '[pytest]\nmarkers =\n    unit\n    e2e\n',
      'tests/integration/test_a.py': `import pytest
pytestmark = pytest.mark.unit

def test_module():
    pass

@pytest.mark.e2e
def test_both():
    pass

@pytest.fixture
def broken():
    raise OSError

@pytest.mark.skip
def test_skipped():
    pass

def test_broken(broken):
    pass
`,
    })
    const end = await project.run()
    const kinds = ['unit', 'integration', 'e2e']
    expect(kinds.map((kind) => measured(end, 'tests', { kind }))).toEqual([3, 1, 0])
    expect(measured(end, 'errors', { kind: 'unit' })).toBe(1)
    expect(measured(end, 'skipped', { kind: 'unit' })).toBe(1)
  })

  it('never pass a rule on a kind of which there is no test', async () => {
    const project = await threeLegs({ 'tests/unit/test_a.py': 'def test_a():\n    pass\n' })
    expect((await project.run(merge)).verdict).toBe('passed')
    const rule = async (gate: string) => (await project.run({ ...merge, gate })).verdict
    expect(await rule('failures.e2e == 0')).toBe('incomplete')
    expect(await rule('tests.e2e >= 1')).toBe('failed')
    expect(await rule('kind-share.e2e >= 10%')).toBe('failed')
  })

  it('name a test that came twice in one of them', async () => {
    const project = await threeLegs({ 'tests/test_a.py': 'def test_a():\n    pass\n' })
    const path = 'parts/3.10/test-results.jsonl'
    const [line = '', end = ''] = project.read(path).trim().split('\n')
    project.write({ [path]: `${line}\n${line}\n${end.replace('"tests":1', '"tests":2')}\n` })
    expect(saidBy(await project.run(merge))).toContain('more than once, such as `tests/test_a.py::test_a`')
  })

  it('forgive what is in quarantine in each of them', async () => {
    const project = await threeLegs()
    project.write({
      '.github/ci-actions.yml': `test-suite:
  quarantine:
    - test: "*::test_same"
      reason: race
      owner: ada
      expires: ${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}
`,
    })
    const end = await project.run(merge)
    expect([measured(end, 'failures'), measured(end, 'quarantined')]).toEqual([2, 1])
    expect(measured(end, 'failures', { leg: 'python 3.11' })).toBe(1)
    expect(measured(end, 'failures', { kind: 'unit' })).toBe(2)
    expect(texts(end.report.blocks)).toContainEqual(expect.stringMatching(/^`python 3\.11` \| 6 \| 1 \| /))
  })
})

/** A runner that takes its share as Playwright does: every third of nine tests. */
const runner = `import os, sys
share, shares = map(int, sys.argv[1].split("/"))
browser = sys.argv[2]
cases = []
for number in range(9):
    if number % shares != share - 1:
        continue
    failed = browser == "webkit" and number == 4
    failure = '<failure message="no such element"/>' if failed else ""
    cases.append(f'<testcase classname="e2e/login.spec.ts" name="case {number}" time="1">{failure}</testcase>')
os.makedirs("results", exist_ok=True)
open("results/junit.xml", "w").write("<testsuites><testsuite>" + "".join(cases) + "</testsuite></testsuites>")
sys.exit(1 if any("failure" in case for case in cases) else 0)
`

describe('shards of another runner', { timeout: 120_000 }, () => {
  const shares = [1, 2, 3]
  const combinations = ['firefox', 'webkit'].flatMap((browser) =>
    [390, 1280].flatMap((width) => shares.map((shard) => ({ browser, viewport: { width }, shard }))),
  )

  async function run(which: readonly (typeof combinations)[number][]) {
    const project = openSuiteProject({ 'run.py': runner, 'e2e/login.spec.ts': '' })
    for (const { browser, viewport, shard } of which) {
      await job(
        project,
        { browser, width: viewport.width, shard },
        {
          command: `python3\nrun.py\n${shard}/${shares.length}\n${browser}`,
          reports: 'results/*.xml',
          'job-total': String(combinations.length),
        },
      )
    }
    return await project.run(merge)
  }

  it('come together by browser and viewport, whatever their shards are', async () => {
    const end = await run(combinations)
    expect(end.report.reasons.map(({ rule }) => rule)).toEqual(['failures == 0'])
    expect([measured(end, 'tests'), measured(end, 'failures')]).toEqual([36, 2])
    expect(measured(end, 'tests', { leg: 'browser webkit, width 390' })).toBe(9)
    expect(measured(end, 'tests', { kind: 'e2e' })).toBe(36)
    expect(end.report.tools[0]).toMatchObject({ id: 'command', name: 'python3' })
    const [finding, ...others] = end.report.findings
    expect(others).toEqual([])
    expect(finding?.message).toContain(
      'in 2 of 4 legs (browser webkit, width 390; browser webkit, width 1280): no such element',
    )
  })

  it('are never green where one is missing', async () => {
    const end = await run(combinations.filter(({ browser, shard }) => browser === 'firefox' || shard !== 2))
    expect(end.verdict).toBe('incomplete')
    expect(saidBy(end)).toContain('The matrix has 12 jobs; results of 10 have arrived.')
  })
})
