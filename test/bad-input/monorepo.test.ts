/** Two packages with gates of their own in one report: each rule is about its package, and no package hides another. */
import { describe, expect, test } from 'vitest'
import { scratchRepository } from '../../packages/shared/src/git/test/scratch.ts'
import { expectNotGreen, expectWrongInput, good, useGate } from './gate-run.ts'

const run = useGate()

const wrong = '"""Wrong."""\n\nX = undefined_name\n'
const policy = `quality-gate:
  tools: [ruff, docstrings]
  packages:
    api:
      path: services/api
      gate: [lint-errors == 0]
    web:
      path: services/web
      gate:
        - lint-errors <= 1
        - docstring-coverage >= 90%
`

function monorepo(files: Readonly<Record<string, string>>): string {
  return scratchRepository({
    'services/api/api.py': good,
    'services/web/web.py': good,
    '.github/ci-actions.yml': policy,
    ...files,
  })
}

describe('two packages', () => {
  test('are judged apart, in one report', async () => {
    const end = await run(monorepo({ 'services/web/wrong.py': wrong }), { gate: 'score > 0' })
    expect(end.verdict, end.said).toBe('passed')
    expect(end.runsOf('ruff').map(({ package: name, findings }) => [name, findings])).toEqual([
      ['api', 0],
      ['web', 1],
    ])
    expect(end.report.findings).toMatchObject([
      { package: 'web', location: { path: 'services/web/wrong.py' } },
    ])
  })

  test('a rule that fails names its package, and only that', async () => {
    const end = await run(monorepo({ 'services/api/wrong.py': wrong }), { gate: 'score > 0' })
    expectNotGreen(end, /`lint-errors\{package="api"\}` is 1, must be 0/)
    expect(end.report.reasons.map(({ rule }) => rule)).toEqual(['lint-errors == 0 in api'])
  })

  test('one whose tool crashes is not covered by the other', async () => {
    const end = await run(monorepo({ 'services/web/ruff.toml': 'line-length = "long"\n' }))
    expectNotGreen(end, /`tools-failed` is 1/, /`lint-errors\{package="web"\}` was not measured/)
    expect(end.runsOf('ruff').map(({ package: name, status }) => [name, status])).toEqual([
      ['api', 'clean'],
      ['web', 'failed'],
    ])
  })

  test('one whose tool crashes is not covered by the other where the tool is optional, either', async () => {
    const folder = monorepo({ 'services/web/ruff.toml': 'line-length = "long"\n' })
    const end = await run(folder, { 'optional-tools': 'ruff' })
    expectNotGreen(end, /`lint-errors\{package="web"\}` was not measured/)
    expect(end.verdict).toBe('incomplete')
  })

  test('one without Python files, or without a folder, is no package that passed', async () => {
    const folder = scratchRepository({ 'services/api/api.py': good, '.github/ci-actions.yml': policy })
    expectWrongInput(await run(folder), /no Python files in `services\/web` of package `web`/)
  })
})
