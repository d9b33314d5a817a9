import { describe, expect, test } from 'vitest'
import { readImports } from './python-imports.ts'

describe('readImports', () => {
  test.each([
    ['import a', ['a']],
    ['import a.b as c, d', ['a.b', 'd']],
    ['import a . b', ['a.b']],
    ['import \\\n  a', ['a']],
    ['import \\\r\n  a', ['a']],
    ['x = 1; import a; y = 2', ['a']],
    ['if x: import a', ['a']],
    ['try:\n\timport a\nexcept ImportError: import b', ['a', 'b']],
    ['import a # , b', ['a']],
    ['x = 1\rimport a\ry = 2', ['a']],
    ['# a comment \\\nimport a', ['a']],
    ['import größe.ﬁle', ['größe.file']],
    ['from a import b', ['a', 'a.b']],
    ['from a.b import c as d, e', ['a.b', 'a.b.c', 'a.b.e']],
    ['from a import*', ['a']],
    ['from a import(b)', ['a', 'a.b']],
    ['from a import (  # (one), two\n  b,  # )\n  c as d,\n)', ['a', 'a.b', 'a.c']],
    ['from a \\\n import b', ['a', 'a.b']],
    ['exec("import a")', ['a']],
  ])('%j', (source, names) => {
    expect(readImports(source)).toMatchObject({ absolute: names, relative: [] })
  })

  test.each([
    ['from . import b', [1, ''], [1, 'b']],
    ['from.import b', [1, ''], [1, 'b']],
    ['from .a import b', [1, 'a'], [1, 'a.b']],
    ['from ... a.c import (b)', [3, 'a.c'], [3, 'a.c.b']],
    ['from .. import *', [2, '']],
  ])('%j', (source, ...names) => {
    const relative = names.map(([level, name]) => ({ level, name }))
    expect(readImports(source)).toMatchObject({ absolute: [], relative })
  })

  test.each([
    ['patch("a.b.charge")', ['a.b.charge']],
    ["run('a.main:app')", ['a.main']],
    ['import_module("a")', ['a']],
    ['pytest.importorskip( "a" )', ['a']],
    ['{"name": "a"}', []],
    ['pytest_plugins = ["a", "b.c"]', ['a', 'b.c']],
    ['pytest_plugins: list[str] = (\n  "a",\n)', ['a']],
  ])('names in quotes: %j', (source, names) => {
    expect([...readImports(source).quoted].sort()).toEqual(names)
  })

  test('ends with a text that never closes a bracket', () => {
    expect(readImports(`from a import (b,${'x,#\n'.repeat(50_000)}`).absolute).toContain('a.b')
  })
})
