import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Component } from '../dependencies/inventory.ts'
import { checkLicenses } from './check-licenses.ts'
import { deniedProblems } from './denied-problems.ts'
import { parseLicense } from './expression.ts'
import { licenseIn } from './installed-licenses.ts'
import { judgeLicense } from './judge-license.ts'

describe('an expression', () => {
  it.each([
    ['MIT', 'allowed'],
    ['AGPL-3.0-only', 'denied'],
    ['agpl-3.0-or-later', 'denied'],
    ['MIT OR AGPL-3.0-only', 'allowed'],
    ['MIT AND AGPL-3.0-only', 'denied'],
    ['(MIT OR AGPL-3.0-only) AND GPL-3.0-only', 'denied'],
    ['MIT OR (ISC AND AGPL-3.0-only)', 'allowed'],
    // AND binds more tightly.
    ['AGPL-3.0-only AND MIT OR Apache-2.0', 'allowed'],
    ['GPL-3.0', 'denied'],
    ['GPL-3.0+', 'denied'],
    ['GPL-2.0-only', 'allowed'],
    ['GPL-3.0-only WITH GCC-exception-3.1', 'denied'],
    ['MPL-2.0 WITH Some-exception', 'denied'],
    ['MPL-2.0', 'allowed'],
    ['Apache 2.0', 'allowed'],
    ['BSD', 'allowed'],
    ['Proprietary', 'unknown'],
    ['UNLICENSED', 'unknown'],
    ['SEE LICENSE IN LICENSE.txt', 'unknown'],
    ['MIT OR Proprietary', 'allowed'],
    ['MIT AND Proprietary', 'unknown'],
    ['MIT AND', 'unknown'],
    ['(MIT', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (license, verdict) => {
    const denied = ['AGPL-*', 'GPL-3.0', 'MPL-2.0 WITH *']
    expect(judgeLicense(license, denied).verdict).toBe(verdict)
  })

  it('names the pattern that denies it', () => {
    expect(judgeLicense('LGPL-2.1-only', ['MIT', '*GPL-*'])).toEqual({ verdict: 'denied', by: '*GPL-*' })
  })

  it('reads any text without failing, however deep', () => {
    fc.assert(fc.property(fc.string(), (text) => void judgeLicense(text, ['*a*b*'])))
    expect(parseLicense(`${'('.repeat(400)}MIT${')'.repeat(400)}`)).toBeUndefined()
    expect(judgeLicense(`${'A-'.repeat(490)}b`, [`${'*A'.repeat(300)}c`]).verdict).toBe('allowed')
  })

  it('denies a choice only where each alternative is denied', () => {
    const id = fc.constantFrom('MIT', 'AGPL-3.0-only', 'Apache-2.0', 'AGPL-1.0-only')
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 5 }), (ids) => {
        const denied = ids.map((each) => each.startsWith('AGPL'))
        expect(judgeLicense(ids.join(' OR '), ['AGPL-*']).verdict === 'denied').toBe(!denied.includes(false))
        expect(judgeLicense(ids.join(' AND '), ['AGPL-*']).verdict === 'denied').toBe(denied.includes(true))
      }),
    )
  })
})

describe('metadata', () => {
  const metadata = (lines: string) =>
    `Metadata-Version: 2.4\nName: Some.Package\nVersion: 1.0\n${lines}\n\nLicense: no header\n`

  it.each([
    ['License-Expression: MIT OR Apache-2.0\nLicense: other', 'MIT OR Apache-2.0'],
    ['License: MIT License', 'MIT License'],
    [
      'License: LGPL with exceptions\nClassifier: License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)',
      'LGPL-3.0-only',
    ],
    ['Classifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: MIT License', 'MIT'],
    [
      'Classifier: License :: OSI Approved :: MIT License\nClassifier: License :: Other/Proprietary License',
      'MIT AND LicenseRef-Other-Proprietary-License',
    ],
    ['License: See file', 'See file'],
    [`License: ${'A long text. '.repeat(100)}`, undefined],
    ['Summary: nothing', undefined],
  ])('%s', (lines, license) => {
    expect(licenseIn(metadata(lines))).toEqual({ name: 'some-package', version: '1.0', license })
  })
})

describe('the check', () => {
  const component = (name: string, more: Partial<Component> = {}): Component => ({
    id: name,
    ecosystem: 'npm',
    name,
    version: '1.0.0',
    line: 7,
    from: 'index',
    hashes: [],
    needs: [],
    ...more,
  })

  function check(components: readonly Component[], denied = ['AGPL-*']) {
    const set = { path: 'package-lock.json', ecosystem: 'npm' as const, components, asked: new Set(['top']) }
    return checkLicenses({ inventory: { sets: [set], unread: [] }, installed: undefined }, denied)
  }

  it('names what is denied, where, and through what it came', () => {
    const result = check([
      component('top', { license: 'MIT', needs: ['deep'] }),
      component('deep', { license: 'AGPL-3.0-only' }),
      component('self', { license: 'AGPL-3.0-only', from: 'own' }),
    ])
    expect(result?.findings).toMatchObject([
      {
        rule: 'denied',
        metric: 'licenses',
        location: { path: 'package-lock.json', line: 7 },
        message:
          'deep 1.0.0 has the licence AGPL-3.0-only, which `denied-licenses` denies by `AGPL-*` (package-lock.json). Replace it; it comes through top.',
        security: { kind: 'license', dependency: { direct: false, via: ['top', 'deep'] } },
      },
    ])
  })

  it('names what nobody knows beside what is known', () => {
    const result = check([component('a', { license: 'MIT' }), component('b')])
    expect(result?.findings).toMatchObject([{ rule: 'unknown', message: expect.stringContaining('b 1.0.0') }])
  })

  it('fails where nothing is known at all, and asks for nothing where nothing is denied', () => {
    expect(check([component('a'), component('b')])).toMatchObject({
      findings: [],
      notices: [{ level: 'failed' }],
    })
    expect(check([component('a')], [])).toBeUndefined()
  })
})

describe('`denied-licenses`', () => {
  it.each([
    ['GPL3', 'GPL-3.0'],
    ['GPLv3', 'GPL-3.0'],
    ['Apache 2.0', 'Apache-2.0'],
    ['AGLP-3.0', 'AGPL-3.0'],
    ['APGL-*', 'AGPL-*'],
    ['GPL', 'GPL-*'],
  ])('%s is none: did you mean %s?', (wrong, meant) => {
    expect(deniedProblems(['MIT', wrong])).toEqual([expect.stringContaining(`Did you mean \`${meant}\`?`)])
    expect(deniedProblems([meant])).toEqual([])
  })

  it.each(['Affero', 'GPL-3.0 OR MIT', '[x]', 'x'.repeat(5000), '*Affero*'])('%s is none', (wrong) => {
    expect(deniedProblems([wrong])).toHaveLength(1)
  })

  it.each([
    ...['GPL-3.0', 'gpl-3.0+', 'GPL-3.0-or-later', '*GPL-*', 'CC-BY-NC-*', '*', 'MPL-2.0 WITH *', '* WITH *'],
    // Of one's own, of none, and what is not in the list yet.
    ...['LicenseRef-Ours', 'LicenseRef-*', 'UNLICENSED', 'Proprietary', 'Invented-Source-License-7.1'],
  ])('%s is one', (right) => {
    expect(deniedProblems([right])).toEqual([])
  })
})
