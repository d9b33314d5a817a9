import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vectorClaim } from './cvss.ts'

const scoreOf = (vector: string) => vectorClaim('nvd', vector)?.score

describe('published scores', () => {
  test.each([
    ['CVE-2021-44228, Log4Shell', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVE-2014-0160, Heartbleed', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5],
    ['CVE-2014-6271, Shellshock', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVE-2013-1937, phpMyAdmin', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVE-2013-0375, MySQL', 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
    ['CVE-2014-3566, POODLE', 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1],
    ['CVE-2012-1516, VMware', 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 9.9],
    ['CVE-2009-0783, Tomcat', 'CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L', 4.2],
    ['CVE-2012-0384, IOS', 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 8.8],
    ['CVE-2024-22195, Jinja, version 3.0', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['no impact', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N', 0],
    ['worst of version 4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10],
    ['without other systems', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3],
    ['CVE-2022-41741', 'CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.3],
    ['CVE-2020-3549', 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.7],
    ['CVE-2021-44714', 'CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N', 4.6],
    ['CVE-2022-22186', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:L/SA:N', 6.9],
    ['CVE-2023-21989', 'CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N', 5.9],
    ['only other systems', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
  ])('%s', (_, vector, score) => {
    expect(scoreOf(vector)).toBe(score)
  })

  test('temporal, environmental and threat metrics do not change the base score', () => {
    expect(scoreOf('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:U/MAV:P/CR:L')).toBe(9.8)
    expect(scoreOf('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/MSI:S/U:Clear')).toBe(
      9.3,
    )
  })

  test('metrics may come in any order', () => {
    expect(scoreOf('CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N')).toBe(9.8)
  })
})

describe('the claim', () => {
  test('names who published the vector', () => {
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
    expect(vectorClaim('GHSA-xxxx', ` ${vector}\n`)).toEqual({
      source: 'GHSA-xxxx',
      by: 'vector',
      severity: 'critical',
      score: 9.8,
      vector,
    })
  })

  test('of version 2 is of the least trusted kind, and never critical', () => {
    const vector = 'AV:N/AC:L/Au:N/C:C/I:C/A:C'
    const expected = { source: 'CVSS 2 of nvd', by: 'table', severity: 'high', score: 10, vector }
    expect(vectorClaim('nvd', vector)).toEqual(expected)
  })

  // Examples of the guide to version 2, section 3.3.
  test.each([
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 10],
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2],
    ['AV:N/AC:L/Au:N/C:N/I:N/A:N/E:F/RL:OF', 0],
  ])('of version 2: %s', (vector, score) => {
    expect(scoreOf(vector)).toBe(score)
  })
})

describe('what is no vector is not guessed at', () => {
  test.each([
    [''],
    ['CVSS:3.1'],
    ['CVSS:3.1/'],
    ['CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:H'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:HL'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/toString:H'],
    ['CVSS:3.1/AV:N:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['cvss:3.1/av:n/ac:l/pr:n/ui:n/s:u/c:h/i:h/a:h'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:R/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N'],
    ['Medium'],
    [`CVSS:3.1/${'AV:N/'.repeat(20_000)}`],
    [`CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H${' '.repeat(100_000)}`],
  ])('%.60s', (vector) => {
    expect(vectorClaim('nvd', vector)).toBeUndefined()
  })
})

describe('for any vector', () => {
  const three: readonly Metric[] = [
    ['AV', 'PLAN'],
    ['AC', 'HL'],
    ['PR', 'HLN'],
    ['UI', 'RN'],
    ['C', 'NLH'],
    ['I', 'NLH'],
    ['A', 'NLH'],
  ]
  const four: readonly Metric[] = [
    ['AV', 'PLAN'],
    ['AC', 'HL'],
    ['AT', 'PN'],
    ['PR', 'HLN'],
    ['UI', 'APN'],
    ...['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].map((name): Metric => [name, 'NLH']),
  ]

  test.each([
    ['CVSS:3.1/S:U/', three],
    ['CVSS:3.1/S:C/', three],
    ['CVSS:4.0/', four],
  ])('%s: a metric that gets worse never makes the score better', (prefix, metrics) => {
    fc.assert(
      fc.property(oneStep(metrics), ([milder, worse]) => {
        expect(scoreOf(`${prefix}${worse}`)).toBeGreaterThanOrEqual(
          scoreOf(`${prefix}${milder}`) ?? Number.NaN,
        )
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['CVSS:3.1/S:C/', three],
    ['CVSS:4.0/', four],
  ])('%s: scores are tenths from 0 to 10', (prefix, metrics) => {
    fc.assert(
      fc.property(oneStep(metrics), ([vector]) => {
        const score = scoreOf(`${prefix}${vector}`) ?? Number.NaN
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(10)
        expect(score).toBe(Number(score.toFixed(1)))
      }),
      { numRuns: 1000 },
    )
  })
})

/**
 * All base vectors there are, against the scores of an implementation that has nothing in common with this one: version
 * 3.6 of the Python package `cvss`, by Red Hat Product Security. In the order of `itertools.product`, with a decimal
 * each, joined by commas.
 */
describe('all scores are those of another calculator', () => {
  const impacts = ['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].map((name): Metric => [name, 'HLN'])
  test.each<[string, readonly Metric[], string]>([
    [
      'CVSS:4.0/',
      [['AV', 'NALP'], ['AC', 'LH'], ['AT', 'NP'], ['PR', 'NLH'], ['UI', 'NPA'], ...impacts],
      '1d8a440a512fabcaed30ed0afdc991d0e6a57a6faef415dc23a63444341fd2c3',
    ],
    [
      'CVSS:3.1/',
      [
        ['AV', 'NALP'],
        ['AC', 'LH'],
        ['PR', 'NLH'],
        ['UI', 'NR'],
        ['S', 'UC'],
        ['C', 'HLN'],
        ['I', 'HLN'],
        ['A', 'HLN'],
      ],
      '5f321f7c7911e204e55f67130ebe8a9a7b782938d907d265da46e9389cbc17c3',
    ],
    [
      '',
      [
        ['AV', 'LAN'],
        ['AC', 'HML'],
        ['Au', 'MSN'],
        ['C', 'NPC'],
        ['I', 'NPC'],
        ['A', 'NPC'],
      ],
      'd3b8fb684f0eac33d5195f80fe5d1a8fb99d93f2c070350dec58cfefe96c2c2c',
    ],
  ])('%s', (prefix, metrics, digest) => {
    const vectors = metrics.reduce<readonly string[]>(
      (begun, [name, values]) =>
        begun.flatMap((text) => [...values].map((value) => `${text}/${name}:${value}`)),
      [''],
    )
    const scores = vectors.map((vector) => scoreOf(`${prefix}${vector.slice(1)}`)?.toFixed(1))
    expect(createHash('sha256').update(scores.join(',')).digest('hex')).toBe(digest)
  })
})

/** Name, and values from the mildest to the worst. */
type Metric = readonly [string, string]

/** Two vectors that differ in one metric, by one step or more. */
function oneStep(metrics: readonly Metric[]) {
  const values = fc.tuple(...metrics.map(([, { length }]) => fc.nat(length - 1)))
  return fc.tuple(values, fc.nat(metrics.length - 1), fc.nat()).map(([chosen, changed, more]) => {
    const worse = chosen.map((value, index) => {
      const left = (metrics[index]?.[1].length ?? 1) - 1 - value
      return index === changed && left > 0 ? value + 1 + (more % left) : value
    })
    return [write(metrics, chosen), write(metrics, worse)] as const
  })
}

function write(metrics: readonly Metric[], chosen: readonly number[]): string {
  return metrics.map(([name, values], index) => `${name}:${values[chosen[index] ?? 0]}`).join('/')
}
