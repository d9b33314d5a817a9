import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { environmentWith, openStage } from './test/stage.ts'

/** What docs/selection.md says of pytest-testmon, shown by pytest-testmon. */
describe('pytest-testmon', { timeout: 60_000 }, () => {
  beforeAll(() => environmentWith('testmon'), 300_000)

  /** A project of which testmon has data of a green run; then the constant changes that a test is about. */
  async function project() {
    const stage = openStage({
      'pytest.ini': '[pytest]\naddopts = --testmon\n',
      'tax.py': 'RATE = 19\n',
      'test_tax.py': 'from tax import RATE\n\ndef test_rate():\n    assert RATE == 19\n',
      'test_other.py': 'def test_other():\n    pass\n',
    })
    const environment = await environmentWith('testmon')
    const run = (args: readonly string[] = []) =>
      stage.run({ args, env: { PYTHONPATH: stage.root } }, { environment })
    expect((await run()).codes).toEqual([])
    writeFileSync(join(stage.root, 'tax.py'), 'RATE = 7\n')
    return { ...stage, run }
  }

  it('leaves out a test that a changed constant makes fail, and is not believed', async () => {
    const { run } = await project()
    const left = await run()
    expect(left.statuses).toEqual([])
    expect(left.codes.length).toBeGreaterThan(0)
    const whole = await run(['--no-testmon'])
    expect(whole.statuses).toEqual(['test_other.py::test_other: passed', 'test_tax.py::test_rate: failed'])
    expect(whole.codes).toEqual([])
  })

  it('is not believed either where it leaves out some of the tests', async () => {
    const { root, run } = await project()
    writeFileSync(join(root, 'test_other.py'), 'def test_other():\n    assert 1 == 1\n')
    const some = await run()
    expect(some.statuses).toEqual(['test_other.py::test_other: passed'])
    expect(some.codes).toEqual(['tests-missing'])
    expect(some.problems[0]?.message).toContain('`--no-testmon`')
  })
})
