/** `make demo`, as somebody sees it who tries the project for the first time. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { NODE } from '../../scripts/runner.ts'

const top = resolve(import.meta.dirname, '../..')

test('the demo ends well, and what it names is there', { timeout: 300_000 }, () => {
  const script = ['--conditions=source', 'scripts/demo.ts']
  const { status, stdout, stderr } = spawnSync(NODE, script, { cwd: top, encoding: 'utf8' })
  expect(status, stdout + stderr).toBe(0)
  const named = [...stdout.matchAll(/^ {2}(\.cache\/demo\/\S+)/gm)].map((match) => match[1] ?? '')
  expect(named).toHaveLength(15)
  for (const file of named) expect(readFileSync(join(top, file), 'utf8').length, file).toBeGreaterThan(100)
  expect(readFileSync(join(top, '.cache/demo/pull-request/annotations.txt'), 'utf8')).toContain('pricing.py')
})
