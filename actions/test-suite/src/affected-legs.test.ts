/** A merge of legs in which only the tests ran that the change can affect. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { RunEnd } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { commitAll, git } from '../../../packages/shared/src/git/test/scratch.ts'
import { openSuiteProject } from './test/suite-project.ts'

function testsOf({ report }: RunEnd): number | undefined {
  return report.metrics.find(({ name, labels }) => name === 'tests' && Object.keys(labels).length === 0)
    ?.value
}

describe('a matrix of which only some tests can see the change', () => {
  const sources = {
    'shop.py': 'RATE = 19\n',
    'test_shop.py': 'import shop\n\ndef test_rate():\n    assert shop.RATE\n',
    'test_other.py': 'def test_other():\n    pass\n',
    'pytest.ini': '[pytest]\npythonpath = .\n',
    '.gitignore': 'parts/\nci-actions-report/\n__pycache__/\n',
  }

  it.each([
    ['nothing', 'README.md', 0],
    ['a part of them', 'shop.py', 2],
  ])('is whole where %s had to run in each leg', async (_, changed, tests) => {
    const project = openSuiteProject(sources)
    git(project.root, 'init', '--quiet', '--initial-branch=main')
    const base = commitAll(project.root, 'base')
    project.write({ [changed]: 'RATE = 20\n' })
    for (const leg of ['3.11', '3.12']) {
      const ran = await project.run({
        matrix: JSON.stringify({ python: leg }),
        select: 'affected',
        base,
        'job-total': '2',
      })
      cpSync(join(project.root, ran.report.reportFolder ?? ''), join(project.root, 'parts', leg), {
        recursive: true,
      })
      expect(ran.verdict).toBe('passed')
    }
    const merged = await project.run({ mode: 'merge', reports: 'parts/**', gate: 'coverage >= 80%' })
    expect(merged.report.reasons).toEqual([])
    expect([merged.verdict, testsOf(merged)]).toEqual(['passed', tests])
    expect(merged.report.notices.join('\n')).toContain('In 2 of them only the tests ran')
  })
})
