import fc from 'fast-check'
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
    'cursor.execute(q)  # nosemgrep: python.sql',
    'eval(x) // nosem',
    'key = "abc"  # gitleaks:allow',
    'token: abc gitleaks:allow',
    'key = "abc"  # pragma: allowlist secret',
    '// pragma: allowlist nextline secret',
    '<!-- pragma: whitelist secret -->',
    '# hadolint ignore=DL3002,DL3008',
    '# hadolint global ignore=DL3002',
    'run: x # zizmor: ignore[template-injection]',
    '#trivy:ignore:AVD-AWS-0086',
    '# checkov:skip=CKV_AWS_20:public',
    '// eslint-disable-next-line security/detect-eval',
    '/* eslint-disable */',
    '# shellcheck disable=SC2086',
    'h := md5.New() // #nosec G401',
    'secret = 1 # trufflehog:ignore',
  ])('sees %s', (line) => {
    expect(suppressionsIn('a.py', `\n${line}\n`)).toMatchObject([{ location: { path: 'a.py', line: 2 } }])
  })
  it.each([
    'x = 1  # type: int',
    '# noqanda',
    'noqa = 1',
    '# a pylint comment',
    'nosemgrep',
    "x = 'eslint-disable-line'",
    '# eslint is disabled',
    'x = "hadolint ignore=DL1"',
    '# ignore me',
  ])('does not see %s', (line) => {
    expect(suppressionsIn('a.py', line)).toEqual([])
  })
  it('counts a line once, by its first comment', () => {
    const found = suppressionsIn('a.py', 'x  # nosec B105  # gitleaks:allow')
    expect(found.map(({ message }) => message)).toEqual(['# nosec'])
  })
  it('sees in each line what it sees in that line alone', () => {
    const part = fc.constantFrom(
      '# noqa',
      '# nosec',
      'fmt',
      ': off',
      ' ',
      'x = 1',
      '# fmt: off',
      '\r',
      'isort',
    )
    const line = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const alone = lines.flatMap((text, index) =>
          suppressionsIn('a.py', text).map(({ message, fingerprint }) => [index + 1, message, fingerprint]),
        )
        const together = suppressionsIn('a.py', lines.join('\n'))
        expect(together.map((each) => [each.location?.line, each.message, each.fingerprint])).toEqual(alone)
      }),
    )
  })
})
