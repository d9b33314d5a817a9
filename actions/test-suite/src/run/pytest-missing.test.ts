import { describe, expect, it } from 'vitest'
import { environmentWith, openStage } from './test/stage.ts'

const passing = 'def test_one():\n    pass\n'

describe('what was asked for and is not there', () => {
  it('coverage that was asked for and is switched off', async () => {
    const stage = openStage({ 'pytest.ini': '[pytest]\naddopts = --no-cov\n', 'test_a.py': passing })
    expect((await stage.run({ coverage: [] })).codes).toEqual(['coverage-missing'])
  })

  it('a plugin that is needed and missing is said before anything runs', async () => {
    const stage = openStage({ 'test_a.py': passing })
    await expect(stage.run({ randomOrder: true, setup: ['touch ran'] })).rejects.toThrow(/pytest-randomly/)
    expect(await stage.host.files.list(stage.root)).toEqual(['test_a.py'])
    const environment = await environmentWith('random-order')
    await expect(stage.run({ coverage: [] }, { environment })).rejects.toThrow(/pytest-cov/)
  })

  it('no pytest, or no Python, is said', async () => {
    const stage = openStage({ 'test_a.py': passing })
    await expect(stage.run({}, { environment: { python: '', kind: 'none' } })).rejects.toThrow(/setup-python/)
    await expect(stage.run({}, { environment: { python: '/nowhere/python', kind: 'venv' } })).rejects.toThrow(
      /nowhere/,
    )
  })
})
