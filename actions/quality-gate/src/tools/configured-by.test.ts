import type { Project } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { projectOf } from '../../../../test/tools/run-case.ts'
import { tools } from './index.ts'

function configuredIn(file: string, text: string): readonly string[] {
  const project = projectOf({ name: 'configured', files: { [file]: text, 'app.py': '' } }, '/project')
  return tools.filter((tool) => tool.configuredBy(project).length > 0).map(({ id }) => id)
}

describe('configuredBy', () => {
  it.each([
    ['pyproject.toml', '[tool.black]\nline-length = 100\n', ['black']],
    ['pyproject.toml', '[tool.isort]\nprofile = "black"\n', ['isort']],
    ['setup.cfg', '[isort]\nprofile = black\n', ['isort']],
    ['.isort.cfg', '[settings]\nprofile = black\n', ['isort']],
    ['pyproject.toml', '[tool.ruff]\nline-length = 100\n', ['ruff']],
    ['pyproject.toml', '[tool.ruff.format]\nquote-style = "single"\n', ['ruff-format', 'ruff']],
    ['ruff.toml', 'line-length = 100\n', ['ruff']],
    ['setup.cfg', '[flake8]\nmax-line-length = 100\n', ['flake8']],
    ['tox.ini', '[flake8]\nmax-line-length = 100\n', ['flake8']],
    ['.flake8', '[flake8]\nmax-line-length = 100\n', ['flake8']],
    ['pyproject.toml', '[tool.flake8]\nmax-line-length = 100\n', ['flake8']],
    ['pyproject.toml', '[tool.pylint.format]\nmax-line-length = 100\n', ['pylint']],
    ['.pylintrc', '[FORMAT]\nmax-line-length=100\n', ['pylint']],
    ['setup.cfg', '[pylint.main]\njobs = 2\n', ['pylint']],
    ['mypy.ini', '[mypy]\nstrict = True\n', ['mypy']],
    ['setup.cfg', '[mypy]\nstrict = True\n', ['mypy']],
    ['pyproject.toml', '[tool.mypy]\nstrict = true\n', ['mypy']],
    ['pyrightconfig.json', '{}', ['pyright']],
    ['pyproject.toml', '[tool.pyright]\nstrict = ["app"]\n', ['pyright']],
    ['pyproject.toml', '[tool.interrogate]\nfail-under = 90\n', ['docstrings']],
    ['.jscpd.json', '{}', ['duplication']],
    ['pyproject.toml', '[project]\nname = "x"\n', []],
    ['tox.ini', '[tox]\nenvlist = py312\n', []],
  ])('%s: %j', (file, text, ids) => {
    expect(configuredIn(file, text)).toEqual(ids)
  })

  it('reads the hooks of pre-commit', () => {
    const hooks = ['black', 'isort', 'ruff-check', 'ruff-format', 'flake8', 'pylint', 'mypy'].map(
      (id) => `      - id: ${id}`,
    )
    const text = `repos:\n  - repo: https://example.org/x\n    hooks:\n${hooks.join('\n')}\n  - broken\n`
    expect(configuredIn('.pre-commit-config.yaml', text)).toEqual([
      'black',
      'isort',
      'ruff-format',
      'ruff',
      'flake8',
      'pylint',
      'mypy',
    ])
  })

  it('names the place', () => {
    const project: Project = projectOf(
      { name: 'x', files: { 'pyproject.toml': '[tool.black]\nline-length = 100\n' } },
      '/project',
    )
    expect(tools[0]?.configuredBy(project)).toEqual(['pyproject.toml [tool.black]'])
  })
})
