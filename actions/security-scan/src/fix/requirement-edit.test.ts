import { pythonVersionFits } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editPyproject, editRequirements } from './requirement-edit.ts'
import { raisePoetryConstraint, raisePythonSpecifier } from './specifier.ts'

describe('a specifier', () => {
  it.each([
    ['==1.0', '1.4.2', '==1.4.2', false],
    ['===1.0', '1.4.2', '===1.4.2', false],
    ['>=1.0', '1.4.2', '>=1.4.2', false],
    ['>=1.0,<2', '1.4.2', '>=1.4.2,<2', false],
    ['>=1.0,<2', '2.1', '>=2.1', true],
    ['<2,>=1', '1.5', '<2,>=1.5', false],
    ['~=1.2', '1.4', '~=1.4', false],
    ['~=1.2', '2.0.1', '~=2.0.1', true],
    ['>1', '1.5', '>=1.5', false],
    ['', '1.5', '>=1.5', false],
    ['<3', '2.1', '>=2.1,<3', false],
    ['!=1.3,<1.4', '1.5', '>=1.5,!=1.3', true],
  ])('%s for %s becomes %s', (specifier, version, wanted, beyond) => {
    expect(raisePythonSpecifier(specifier, version)).toEqual({ specifier: wanted, beyond })
  })

  it.each([
    ['==1.*', '1.5'],
    ['>=1,>=1.2', '1.5'],
    ['!=1.5', '1.5'],
    ['^1', '1.5'],
    ['>=1', 'latest'],
  ])('%s for %s is not guessed at', (specifier, version) => {
    expect(raisePythonSpecifier(specifier, version)).toBeUndefined()
  })

  it('lets the version in, and nothing older', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(9), fc.nat(9)).map((parts) => parts.join('.'))
    const clause = fc
      .tuple(fc.constantFrom('==', '>=', '<', '<=', '~=', '!=', '>'), version)
      .map((parts) => parts.join(''))
    const specifier = fc.array(clause, { maxLength: 3 }).map((clauses) => clauses.join(','))
    fc.assert(
      fc.property(specifier, version, version, (before, to, other) => {
        const raised = raisePythonSpecifier(before, to)
        if (raised === undefined) return
        expect(pythonVersionFits(to, raised.specifier)).toBe(true)
        const older = pythonVersionFits(other, `<${to}`) === true
        if (older) expect(pythonVersionFits(other, raised.specifier)).toBe(false)
      }),
    )
  })

  it.each([
    ['^1.2', '1.4.2', '^1.4.2', false],
    ['~1.2', '2.0', '~2.0', true],
    ['1.2', '1.4.2', '1.4.2', true],
    ['>=1.2', '1.4.2', '>=1.4.2', false],
  ])('of Poetry, %s for %s becomes %s', (constraint, version, wanted, beyond) => {
    expect(raisePoetryConstraint(constraint, version)).toEqual({ specifier: wanted, beyond })
  })
})

describe('a requirements file', () => {
  it('keeps all but the version', () => {
    const text = [
      '# ours',
      'Jinja2[i18n] == 2.10 ; python_version >= "3.8"  # keep',
      '  jinja2-time==0.2',
      'other==2.10',
      '-r base.txt\r',
      '',
    ].join('\n')
    expect(editRequirements(text, 'jinja2', '3.1.3')?.text).toBe(text.replace('== 2.10 ;', '==3.1.3 ;'))
  })

  it('changes every line that names the package, and says what did not let it in', () => {
    const text = 'a>=1,<2 ; sys_platform == "win32"\na~=1.2\n'
    expect(editRequirements(text, 'a', '2.1')).toEqual({
      text: 'a>=2.1 ; sys_platform == "win32"\na~=2.1\n',
      beyond: '>=1,<2',
    })
  })

  it.each(['a @ git+https://example.com/a', 'a==1.*', 'a==1.0 oops', 'b==1', ''])(
    'leaves `%s` alone',
    (text) => {
      expect(editRequirements(text, 'a', '2.0')).toBeUndefined()
    },
  )
})

describe('pyproject.toml', () => {
  it('is changed where it asks for packages, and nowhere else', () => {
    const text = `[build-system]
requires = ["flask"]

[project]
name = "flask-service"
keywords = ["flask"]
dependencies = [
  "flask[async]>=2,<3", # flask
  'jinja2',
]
classifiers = ["flask"]

[project.optional-dependencies]
web = ["Flask>=2"]

[tool.ruff.lint.isort]
known-third-party = ["flask"]

[[tool.mypy.overrides]]
module = ["flask.*"]
`
    expect(editPyproject(text, 'flask', '3.0.1')).toEqual({
      text: text.replace('flask[async]>=2,<3', 'flask[async]>=3.0.1').replace('Flask>=2', 'Flask>=3.0.1'),
      beyond: '>=2,<3',
    })
  })

  it('is changed in tables of Poetry', () => {
    const text = `[tool.poetry]
version = "1.0"
[tool.poetry.dependencies]
python = "^3.11"
flask = "^2.0"
jinja2 = {version = "^3.0", extras = ["i18n"]}
[tool.poetry.group.dev.dependencies]
flask = "~2.1"
`
    expect(editPyproject(text, 'flask', '2.2.5')?.text).toBe(
      text.replace('"^2.0"', '"^2.2.5"').replace('"~2.1"', '"~2.2.5"'),
    )
    expect(editPyproject(text, 'jinja2', '3.1.3')?.text).toBe(text.replace('"^3.0"', '"^3.1.3"'))
    expect(editPyproject(text, 'version', '2.0')).toBeUndefined()
  })

  it('is left alone where a package comes from elsewhere', () => {
    const text = '[project]\ndependencies = ["flask @ https://example.com/flask.whl"]\n'
    expect(editPyproject(text, 'flask', '3.0')).toBeUndefined()
  })
})
