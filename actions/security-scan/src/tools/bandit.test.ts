import { expect, it } from 'vitest'
import { requestFor } from '../../../../test/tools/run-case.ts'
import { bandit } from './bandit.ts'

const installed = { command: ['bandit'], version: '1.9.4' }

function planned(files: Readonly<Record<string, string>>, args: readonly string[] = [], folder = '') {
  const all = { [folder === '' ? 'a.py' : `${folder}/a.py`]: '', ...files }
  const request = requestFor(bandit, { name: 'x', files: all, args, folder }, { top: '', installed })
  return {
    args: bandit.invocations(request)[0]?.args.join(' '),
    notices: bandit.notices?.(request.project).map(({ message }) => message) ?? [],
  }
}

const table = '[tool.bandit]\nskips = ["B101"]\n'

it('gives Bandit the configuration that it would not read by itself', () => {
  expect(planned({ 'pyproject.toml': table }).args).toContain('-c pyproject.toml')
  expect(planned({ 'bandit.yaml': 'skips: [B101]\n' }).args).toContain('-c bandit.yaml')
  expect(planned({ '.bandit': '[bandit]\nskips = B101\n' }).args).toContain('--ini .bandit')
  expect(planned({ 'pyproject.toml': '[project]\nname = "x"\n' }).args).not.toContain('-c')
})

it('lets Bandit show no progress, which would stand before the report', () => {
  expect(planned({}).args).toMatch(/^--quiet --number 1 /)
})

it('takes the configuration of the top for a package below', () => {
  expect(planned({ 'pyproject.toml': table }, [], 'services/api').args).toContain('-c ../../pyproject.toml')
})

it('leaves the choice to who names one', () => {
  const { args } = planned({ 'pyproject.toml': table }, ['-c', 'other.yaml'])
  expect(args).toContain('-c other.yaml')
  expect(args).not.toContain('pyproject.toml')
})

it('names the file that has no effect', () => {
  const { notices } = planned({ 'pyproject.toml': table, 'bandit.yaml': 'skips: [B101]\n' })
  expect(notices).toEqual([expect.stringContaining('bandit.yaml has no effect')])
})
