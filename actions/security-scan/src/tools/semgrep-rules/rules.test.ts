import { expect, it } from 'vitest'
import { openToolRunner, outputOf } from '../../../../../test/tools/run-case.ts'
import { semgrep } from '../semgrep.ts'
import { ruleCases } from './cases.ts'
import { ownRules } from './index.ts'

it('has a case for each rule, and each rule once', () => {
  expect(ownRules.map(({ id }) => id).sort()).toEqual(Object.keys(ruleCases).sort())
})

it('finds with the real Semgrep what the cases mark, and nothing else of the same rule', async () => {
  const files = Object.fromEntries(Object.entries(ruleCases).map(([id, text]) => [`${id}.py`, text]))
  const runner = await openToolRunner()
  const { request, recordings } = await runner.run(semgrep, { name: 'rules', files })
  const [output] = recordings.map((recording) => outputOf(request, recording))
  const result = output && (await semgrep.parse(output))
  expect(result?.notices).toEqual([])
  const found = new Set(
    result?.findings
      .filter(({ rule, location }) => location?.path === `${rule}.py`)
      .map(({ rule, location }) => `${rule}:${location?.line}`),
  )
  const marked = Object.entries(ruleCases).flatMap(([id, text]) =>
    text.split('\n').flatMap((line, index) => (line.endsWith('# found') ? [`${id}:${index + 1}`] : [])),
  )
  expect([...found].sort()).toEqual(marked.sort())
})
