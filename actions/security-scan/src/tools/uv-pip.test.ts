import { describe, expect, it } from 'vitest'
import { parseIncompatibilities, parseOutdated } from './uv-pip.ts'

/** As uv 0.13.9 printed it for an environment of invented packages. */
const conflicting = `Using Python 3.11.7 environment at: v
Checked 2 packages in 52ms
Found 3 incompatibilities
The package \`alpha\` is broken or incomplete (unable to read \`WHEEL\` file). Consider recreating the virtualenv, or removing the package directory at: /v/alpha-1.0.dist-info.
The package \`alpha\` requires \`beta>=2\`, but \`1.0\` is installed
The package \`beta\` requires \`gamma\`, but it's not installed
`

describe('uv pip check', () => {
  it('names what does not fit', () => {
    expect(parseIncompatibilities(conflicting)).toEqual([
      { name: 'alpha', needs: 'beta>=2', needed: 'beta', installed: '1.0' },
      { name: 'beta', needs: 'gamma', needed: 'gamma', installed: undefined },
    ])
  })

  it('is clean only where uv says so', () => {
    const clean =
      'Using Python 3.11.7 environment at: w\nChecked 0 packages in 184ms\nAll installed packages are compatible\n'
    expect(parseIncompatibilities(clean)).toEqual([])
    expect(() => parseIncompatibilities('')).toThrow('did not say')
    expect(() => parseIncompatibilities('Checked 2 packages\n')).toThrow('did not say')
    expect(() => parseIncompatibilities(conflicting.split('\n').slice(0, 5).join('\n'))).toThrow('found 3')
  })
})

it('reads which packages have a newer version', () => {
  const printed = '[{"name":"a","version":"1.0","latest_version":"2.0","latest_filetype":"wheel"}]'
  expect(parseOutdated(printed)).toEqual([{ name: 'a', version: '1.0', latest: '2.0' }])
  expect(() => parseOutdated('')).toThrow('no complete JSON')
  expect(() => parseOutdated('[{"name":"a"}]')).toThrow('`version`')
})
