/** `make demo`, as somebody sees it who tries the project for the first time. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { sarifProblems } from '../../packages/shared/src/report/sarif-problems.ts'
import { NO_INDEX } from '../../scripts/fix-demo.ts'
import { goToolFolders } from '../../scripts/go-tools.ts'
import { plantedUpgrade } from '../../scripts/planted-risks.ts'
import { findRedis, NO_REDIS } from '../../scripts/redis-server.ts'
import { NODE } from '../../scripts/runner.ts'
import { unexpectedRisks, unexpectedWithoutServer } from '../../scripts/security-demo.ts'
import { standardProblems } from '../standard-sarif.ts'

const top = resolve(import.meta.dirname, '../..')

let named: readonly string[] = []
let said = ''

beforeAll(() => {
  const script = ['--conditions=source', 'scripts/demo.ts']
  const { status, stdout, stderr } = spawnSync(NODE, script, { cwd: top, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  said = stdout
  named = [...stdout.matchAll(/^ {2}(\.cache\/demo\/\S+)/gm)].map((match) => match[1] ?? '')
}, 300_000)

test('the demo ends well, and what it names is there', () => {
  // The integration tests pass, and have no annotations.
  const more = (findRedis() === undefined ? 0 : 4) + (said.includes(NO_INDEX) ? 3 : 4)
  expect(named).toHaveLength(25 + more)
  for (const file of named) expect(readFileSync(join(top, file), 'utf8').length, file).toBeGreaterThan(100)
  expect(readFileSync(join(top, '.cache/demo/pull-request/annotations.txt'), 'utf8')).toContain('pricing.py')
})

test('the planted risks are each reported once, and without the advisory service the scan is red', (context) => {
  const resultOf = (run: string) =>
    JSON.parse(readFileSync(join(top, '.cache/demo', run, 'report/result.json'), 'utf8'))
  const missing = ['gitleaks', 'osv-scanner', 'actionlint'].filter(
    (tool) => !goToolFolders({ build: false }).has(tool),
  )
  expect(unexpectedRisks(resultOf('security'), missing)).toEqual([])
  expect(unexpectedWithoutServer(resultOf('security-unavailable'))).toEqual([])
  const sarif = readFileSync(join(top, '.cache/demo/security/report/results.sarif'), 'utf8')
  expect([...sarifProblems(sarif), ...standardProblems(sarif)]).toEqual([])
  if (missing.length > 0) context.skip(`there is no Go that built ${missing.join(', ')}`)
})

test('the vulnerable requirement is mended by `--fix`, and the report says what its verdict is about', (context) => {
  if (said.includes(NO_INDEX)) return context.skip(NO_INDEX)
  const { name, from, to } = plantedUpgrade
  for (const list of ['requirements.txt', 'requirements-dev.txt']) {
    const text = readFileSync(join(top, '.cache/demo/work/fix', list), 'utf8')
    expect(text, list).toContain(`\n${name}==${to} `)
    expect(text, list).not.toContain(`\n${name}==${from} `)
  }
  expect(said).toContain(`-${name}==${from} `)
})

test('the integration tests of the example ran on a real Redis', (context) => {
  if (findRedis() === undefined) {
    expect(said).toContain(`left out, since ${NO_REDIS}`)
    return context.skip(NO_REDIS)
  }
  const result = JSON.parse(readFileSync(join(top, '.cache/demo/integration/report/result.json'), 'utf8'))
  expect(result.verdict).toBe('passed')
  const count = result.metrics.find(({ name }: { name: string }) => name === 'tests').value
  const source = readFileSync(
    join(top, 'examples/orders-service/tests/integration/test_idempotency.py'),
    'utf8',
  )
  expect(count).toBe(source.match(/^def test_/gm)?.length)
})
