import { describe, expect, it } from 'vitest'
import { projectOf } from '../../../../test/tools/run-case.ts'
import { tools } from './index.ts'

function noticesOf(id: string, files: Readonly<Record<string, string>>, folder = ''): readonly string[] {
  const project = projectOf({ name: 'x', files: { 'app.py': '', ...files }, folder }, '/repository')
  return (tools.find((tool) => tool.id === id)?.notices?.(project) ?? []).map(({ message }) => message)
}

describe('a file that another one takes the place of is named', () => {
  it.each([
    // Each tool's own order of search, from its documentation.
    [
      'flake8',
      { 'setup.cfg': '[flake8]\n', '.flake8': '[flake8]\n' },
      '.flake8 [flake8]',
      'setup.cfg [flake8]',
    ],
    ['flake8', { 'tox.ini': '[flake8]\n', '.flake8': '[flake8]\n' }, '.flake8 [flake8]', 'tox.ini [flake8]'],
    [
      'ruff',
      { 'ruff.toml': '', 'pyproject.toml': '[tool.ruff]\n' },
      'pyproject.toml [tool.ruff]',
      'ruff.toml',
    ],
    ['ruff', { 'ruff.toml': '', '.ruff.toml': '' }, 'ruff.toml', '.ruff.toml'],
    [
      'ruff-format',
      { 'ruff.toml': '', 'pyproject.toml': '[tool.ruff]\n' },
      'pyproject.toml [tool.ruff]',
      'ruff.toml',
    ],
    [
      'mypy',
      { 'mypy.ini': '[mypy]\n', 'pyproject.toml': '[tool.mypy]\n' },
      'pyproject.toml [tool.mypy]',
      'mypy.ini [mypy]',
    ],
    [
      'mypy',
      { 'pyproject.toml': '[tool.mypy]\n', 'setup.cfg': '[mypy]\n' },
      'setup.cfg [mypy]',
      'pyproject.toml [tool.mypy]',
    ],
    [
      'isort',
      { '.isort.cfg': '[settings]\n', 'pyproject.toml': '[tool.isort]\n' },
      'pyproject.toml [tool.isort]',
      '.isort.cfg [settings]',
    ],
    [
      'pylint',
      { '.pylintrc': '', 'pyproject.toml': '[tool.pylint.main]\n' },
      'pyproject.toml [tool.pylint]',
      '.pylintrc',
    ],
    ['pylint', { pylintrc: '', '.pylintrc': '' }, '.pylintrc', 'pylintrc'],
    [
      'pyright',
      { 'pyrightconfig.json': '{}', 'pyproject.toml': '[tool.pyright]\n' },
      'pyproject.toml [tool.pyright]',
      'pyrightconfig.json',
    ],
    [
      'docstrings',
      { 'pyproject.toml': '[tool.interrogate]\n', 'setup.cfg': '[tool:interrogate]\n' },
      'setup.cfg [tool:interrogate]',
      'pyproject.toml [tool.interrogate]',
    ],
  ])('%s, %j', (id, files, shadowed, taken) => {
    expect(noticesOf(id, files)).toEqual([
      expect.stringMatching(
        new RegExp(`^${escaped(shadowed)} has no effect, because \\w+ takes ${escaped(taken)} `),
      ),
    ])
  })

  it.each([
    ['flake8', { 'setup.cfg': '[metadata]\nname = x\n', '.flake8': '[flake8]\n' }],
    ['ruff', { 'ruff.toml': '', 'pyproject.toml': '[tool.black]\n' }],
    ['mypy', { 'mypy.ini': '[mypy]\n', 'setup.cfg': '[flake8]\n' }],
  ])('and none where only one speaks to the tool: %s, %j', (id, files) => {
    expect(noticesOf(id, files)).toEqual([])
  })

  it('and none where the nearer folder decides, as everybody expects', () => {
    const files = { 'services/api/app.py': '', 'services/api/mypy.ini': '[mypy]\n', 'mypy.ini': '[mypy]\n' }
    expect(noticesOf('mypy', files, 'services/api')).toEqual([])
  })
})

describe('settings of Interrogate', () => {
  const table = (text: string) => ({ 'pyproject.toml': `[tool.interrogate]\n${text}` })

  it('that it does not know are named', () => {
    expect(noticesOf('docstrings', table('ignore-majic = true\n'))).toEqual([
      expect.stringContaining('`ignore-majic` of Interrogate has no effect, because'),
    ])
  })

  it('that are a gate rule here say which', () => {
    expect(noticesOf('docstrings', table('fail_under = 95\n'))).toEqual([
      expect.stringContaining('docstring-coverage >='),
    ])
  })

  it('that have an effect, or only change what is printed, are not', () => {
    expect(noticesOf('docstrings', table('ignore-magic = true\nverbose = 2\nexclude = ["x"]\n'))).toEqual([])
  })
})

function escaped(text: string): string {
  return text.replaceAll(/[.[\]]/g, '\\$&')
}
