/** Other runners than pytest, and parts that are put together: a missing or broken one is never green. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSuiteProject, saidBy } from './test/suite-project.ts'

describe('another runner', () => {
  const write = (name: string, cases: string) =>
    `import os\nos.makedirs("results", exist_ok=True)\nopen("results/${name}.xml", "w").write('<testsuite>${cases}</testsuite>')\n`
  const good = '<testcase name="one"/>'
  const bad = '<testcase name="two"><failure message="no"/></testcase>'
  const shell = (reports: string) => ({ command: 'sh\n-c\npython3 run.py || true', reports })

  it.each<[string, string, string, 'failed' | 'incomplete', RegExp]>([
    ['`|| true` behind a failure', write('a', good + bad), 'results/*.xml', 'failed', /`failures` is 1/],
    ['`|| true` behind a crash', 'raise SystemError', 'results/*.xml', 'incomplete', /wrote no results/],
    [
      'one of two reports that it did not write',
      write('a', good),
      'results/a.xml\nresults/b.xml',
      'incomplete',
      /wrote no results to `results\/b\.xml`/,
    ],
    [
      'skipped tests alone',
      write('a', '<testcase><skipped/></testcase>'),
      'results/*.xml',
      'incomplete',
      /no test ran/,
    ],
  ])('%s', async (_, script, reports, verdict, says) => {
    const end = await openSuiteProject({ 'run.py': script }).run(shell(reports))
    expect(saidBy(end)).toMatch(says)
    expect(end.verdict).toBe(verdict)
  })

  it('a file of an earlier run', async () => {
    const project = openSuiteProject({ 'run.py': write('a', good) })
    expect((await project.run(shell('results/*.xml'))).verdict).toBe('passed')
    project.write({ 'run.py': 'raise SystemError' })
    const end = await project.run(shell('results/*.xml'))
    expect(saidBy(end)).toMatch(/older than the run/)
    expect(end.verdict).toBe('incomplete')
  })
})

it('a leg that did not get to its end keeps the merge from being green', async () => {
  const project = openSuiteProject({ 'test_a.py': 'def test_one():\n    pass\n' })
  const leg = async (number: number) => {
    const matrix = `{"leg":${number}}`
    const end = await project.run({ matrix, 'job-total': '2', setup: number === 1 ? '' : 'false' })
    cpSync(join(project.root, end.report.reportFolder ?? ''), join(project.root, `parts/${number}`), {
      recursive: true,
    })
    return end.verdict
  }
  expect([await leg(1), await leg(2)]).toEqual(['passed', 'incomplete'])
  const merged = await project.run({ mode: 'merge', reports: 'parts/**' })
  expect(saidBy(merged)).toMatch(/parts\/2: .*`?false`? .*exit code 1/)
  expect(merged.verdict).toBe('incomplete')
})
