import { describe, expect, it } from 'vitest'
import { indexNotices, parseOutdated, parsePipCheck } from './uv-pip.ts'

/** As uv 0.13.9 printed it for an environment of invented packages. */
const conflicting = `Using Python 3.11.7 environment at: v
Checked 2 packages in 52ms
Found 3 incompatibilities
The package \`alpha\` is broken or incomplete (unable to read \`WHEEL\` file). Consider recreating the virtualenv, or removing the package directory at: /v/alpha-1.0.dist-info.
The package \`alpha\` requires \`beta>=2\`, but \`1.0\` is installed
The package \`beta\` requires \`gamma\`, but it's not installed
`
const compatible = `Using Python 3.11.7 environment at: w
Checked 1 package in 184ms
All installed packages are compatible
`

describe('uv pip check', () => {
  it('names what does not fit, and what else is wrong', () => {
    expect(parsePipCheck(conflicting, 1)).toEqual({
      incompatibilities: [
        { name: 'alpha', needs: 'beta>=2', needed: 'beta', installed: '1.0' },
        { name: 'beta', needs: 'gamma', needed: 'gamma', installed: undefined },
      ],
      others: [expect.stringContaining('`alpha` is broken')],
      checked: 2,
    })
  })

  it('is clean only where uv says so', () => {
    expect(parsePipCheck(compatible, 0)).toEqual({ incompatibilities: [], others: [], checked: 1 })
    expect(() => parsePipCheck(compatible, 1)).toThrow('did not say')
    expect(() => parsePipCheck(conflicting, 0)).toThrow('did not say')
    expect(() => parsePipCheck('', 0)).toThrow('did not say')
    expect(() => parsePipCheck('Checked 2 packages\n', 0)).toThrow('did not say')
    expect(() => parsePipCheck('All installed packages are compatible\n', 0)).toThrow('did not say')
  })

  it('takes nothing that was cut off', () => {
    const lines = conflicting.split('\n')
    expect(() => parsePipCheck(`${lines.slice(0, 5).join('\n')}\n`, 1)).toThrow('found 3')
    expect(() => parsePipCheck(conflicting.trimEnd(), 1)).toThrow('found 3')
  })
})

it('reads which packages have a newer version', () => {
  const printed = '[{"name":"a","version":"1.0","latest_version":"2.0","latest_filetype":"wheel"}]'
  expect(parseOutdated(printed)).toEqual([{ name: 'a', version: '1.0', latest: '2.0' }])
  expect(() => parseOutdated('')).toThrow('no complete JSON')
  expect(() => parseOutdated('[{"name":"a"}]')).toThrow('`version`')
})

describe('what uv asked the index', () => {
  const asked = (name: string, index = 'one') =>
    `TRACE Fetching metadata for \`${name}\` from \`https://${index}.test/simple/${name}/\`\n`
  const missing = (name: string, index = 'one') =>
    `TRACE Received response for fresh request with status 404 Not Found for: https://${index}.test/simple/${name}/\n`

  it('says nothing where the index knows all', () => {
    expect(indexNotices(asked('a') + asked('b'))).toEqual([])
  })

  it('names what no index knows', () => {
    const trace =
      asked('a') + asked('b') + missing('b') + asked('b', 'two') + missing('b', 'two') + asked('c', 'two')
    expect(indexNotices(trace)).toEqual([
      { level: 'warning', message: expect.stringMatching(/does not know b,/) },
    ])
    expect(indexNotices(asked('a') + missing('a') + asked('a', 'two'))).toEqual([])
  })

  it('fails where nothing came of it', () => {
    expect(indexNotices('Using Python 3.11.7 environment at: v\n')).toMatchObject([{ level: 'failed' }])
    expect(indexNotices(asked('a') + missing('a'))).toMatchObject([{ level: 'failed' }])
  })
})
