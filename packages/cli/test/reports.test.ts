/** `ci-actions test-suite --reports FILE`: reads what others wrote, and runs nothing. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const command = fileURLToPath(new URL('../bin/ci-actions.js', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'ci-actions-reports-'))
afterAll(() => rmSync(project, { recursive: true }))

beforeAll(() => {
  const files = {
    'a.xml':
      '<testsuite><testcase classname="t" name="one"/><testcase classname="t" name="two"/></testsuite>',
    'b.xml': '<testsuite><testcase classname="u" name="three"/></testsuite>',
    'failed.xml':
      '<testsuite><testcase classname="t" name="four"><failure message="no"/></testcase></testsuite>',
    'cut.xml': '<testsuite><testcase classname="t" name="five"/>',
    // It would fail if anything ran it.
    'test_never.py': 'def test_never():\n    open("ran", "w").close()\n    assert 0\n',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
  spawnSync('git', ['init', '--quiet'], { cwd: project })
})

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'test-suite', ...args], {
    cwd: project,
    env: { ...process.env, CI: 'true', XDG_CACHE_HOME: join(project, '.cache') },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** Throws where there is anything but one JSON value. */
function result(...args: readonly string[]) {
  const { status, stdout } = run(...args, '--format', 'json')
  return { status, result: JSON.parse(stdout) }
}

describe('ci-actions test-suite --reports', () => {
  it('reads files that are named one by one, and runs nothing', () => {
    const both = result('--reports', 'a.xml', '--reports', 'b.xml')
    expect(both).toMatchObject({ status: 0, result: { action: 'test-suite', verdict: 'passed' } })
    expect(both.result.metrics).toContainEqual(expect.objectContaining({ name: 'tests', value: 3 }))
    expect(() => readFileSync(join(project, 'ran'))).toThrow()
  })

  it.each([
    ['a failed test', 1, 'failed', ['a.xml', 'failed.xml']],
    ['a file that is cut off', 1, 'incomplete', ['a.xml', 'cut.xml']],
    ['a file that is missing', 2, 'error', ['a.xml', 'no.xml', 'none.xml']],
  ])('ends with %s by %d', (_, status, verdict, files) => {
    const args = files.flatMap((file) => ['--reports', file])
    expect(result(...args)).toMatchObject({ status, result: { verdict } })
  })

  it('names each missing file', () => {
    const { status, stdout, stderr } = run('--reports', 'no.xml', '--reports', 'none.xml')
    expect(status).toBe(2)
    expect(stdout + stderr).toMatch(/^- .*no\.xml fits no file.*\n- .*none\.xml fits no file/m)
  })

  it('ends with 4 where something cannot be reached, and not green', () => {
    const args = ['--reports', 'a.xml', '--policy-ref', 'base', '--base', 'origin/no-such-branch']
    expect(result(...args)).toMatchObject({ status: 4, result: { verdict: 'incomplete' } })
  })
})
