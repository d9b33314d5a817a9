import { describe, expect, test } from 'vitest'
import { isConfigName, parseConfigFile, tableAt } from './config-file.ts'

describe('parseConfigFile', () => {
  test.each([
    ['pyproject.toml', '[tool.ruff]\nline-length = 99\n', { tool: { ruff: { 'line-length': 99 } } }],
    ['.flake8', '[flake8]\nselect = E\n', { flake8: { select: 'E' } }],
    ['.pre-commit-config.yaml', 'repos: []\n', { repos: [] }],
    ['pyrightconfig.json', '{"include": ["a"]}', { include: ['a'] }],
    ['pyrightconfig.json', '{"a\\"//": "/* b */"}', { 'a"//': '/* b */' }],
    ['.jscpd.json', '{"ignore": ["**/*.py", "//x"]}', { ignore: ['**/*.py', '//x'] }],
    [
      '.secrets.baseline',
      '{"exclude": {"lines": "https://|/\\\\*"}}',
      { exclude: { lines: 'https://|/\\*' } },
    ],
  ])('reads %s', (path, text, data) => {
    expect(parseConfigFile(`deep/${path}`, text)).toMatchObject({
      name: path,
      path: `deep/${path}`,
      text,
      data,
    })
  })

  test.each([
    ['pyproject.toml', '[tool.ruff\n'],
    ['ruff.toml', 'a = 1\na = 2\n'],
    ['setup.cfg', 'key = 1\n'],
    ['.pre-commit-config.yaml', 'repos: [\n'],
    ['pyrightconfig.json', '{"include": ['],
  ])('says why %s cannot be read, and keeps its text', (path, text) => {
    const file = parseConfigFile(path, text)
    expect(file.error).toMatch(/./)
    expect(file).toMatchObject({ text })
    expect(file.data).toBeUndefined()
  })

  test.each(['{"a": 1} // why\n', '/* why */ {}', '[1, 2]'])(
    'does not call JSON broken that tools accept: %s',
    (text) => {
      expect(parseConfigFile('pyrightconfig.json', text)).toEqual({
        name: 'pyrightconfig.json',
        path: 'pyrightconfig.json',
        text,
      })
    },
  )
})

test.each([
  ['requirements-dev.txt', true],
  ['constraints.in', true],
  ['my-requirements.txt', false],
  ['toString', false],
  ['pyproject.toml.bak', false],
])('%s is a configuration file: %s', (name, expected) => {
  expect(isConfigName(name)).toBe(expected)
})

test('tableAt goes only through tables, and only through what is their own', () => {
  const file = parseConfigFile('pyproject.toml', 'list = [1]\n[tool]\nname = "x"\n[tool.ruff]\na = 1\n')
  expect(tableAt(file, 'tool', 'ruff')).toEqual({ a: 1 })
  for (const keys of [['tool', 'name'], ['list'], ['tool', 'constructor'], ['no', 'way']])
    expect(tableAt(file, ...keys)).toBeUndefined()
})
