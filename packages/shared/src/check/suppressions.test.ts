import { describe, expect, it } from 'vitest'
import { suppressionsIn } from './suppressions.ts'

describe('suppressionsIn', () => {
  it.each([
    'x = 1  # noqa',
    'x = 1  # noqa: E501',
    '# ruff: noqa',
    'import a  # type: ignore[import]',
    'a()  # pyright: ignore',
    '# pylint: disable=foo',
    '# fmt: off',
    '#isort:skip',
    'eval(x)  # nosec B307',
    '# mypy: ignore-errors',
    'x  # pragma: no cover',
  ])('sees %s', (line) => {
    expect(suppressionsIn('a.py', `\n${line}\n`)).toMatchObject([{ location: { path: 'a.py', line: 2 } }])
  })
  it.each(['x = 1  # type: int', '# noqanda', 'noqa = 1', '# a pylint comment'])(
    'does not see %s',
    (line) => {
      expect(suppressionsIn('a.py', line)).toEqual([])
    },
  )
})
