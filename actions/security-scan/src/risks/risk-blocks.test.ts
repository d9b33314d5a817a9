import type { Block, Finding } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleFinders } from '../test/sample-finders.ts'
import { sampleRisk } from '../test/sample-risk.ts'
import { sampleScan } from '../test/sample-scan.ts'
import { riskBlocks } from './risk-blocks.ts'
import { riskSteps } from './risk-step.ts'
import { upgradeCommand, upgradeOf } from './upgrade.ts'

function tables(blocks: readonly Block[]) {
  return blocks.map((block) => {
    if (block.kind !== 'details') throw new Error('a section was expected')
    const table = block.blocks.find((each) => each.kind === 'table')
    return { title: block.title, rows: table?.rows ?? [], more: table?.more }
  })
}

const inSample = (text: string) =>
  tables(riskBlocks(sampleScan, sampleFinders))
    .flatMap(({ rows }) => rows)
    .find((row) => row.join('|').includes(text))

function vulnerable(version: string, ...fixes: readonly (readonly string[])[]): readonly Finding[] {
  const dependency = { ecosystem: 'pypi', name: 'a', version }
  return fixes.map((fixedVersions, index) =>
    sampleRisk({ rule: `CVE-${index}`, security: { kind: 'vulnerability', dependency, fixedVersions } }),
  )
}

describe('the table', () => {
  it('has what is new first, what was there before apart, and each step once', () => {
    const [fresh, old, ...others] = tables(riskBlocks(sampleScan, sampleFinders))
    expect(others).toEqual([])
    expect(fresh?.title).toBe('What to do: 17 steps for 19 risks')
    expect(old?.title).toBe('What was there before: 3 steps for 5 risks')
  })

  it('makes one step of all vulnerabilities that an upgrade clears', () => {
    expect(inSample('jinja2')).toEqual([
      'critical 9.8',
      '`jinja2` 2.10: CVE-2019-10906, CVE-2024-22195 and 1 more · attacked already (KEV) · EPSS 42 % · `uv.lock:40`',
      'Upgrade to 3.1.3, which comes through `flask`: `uv lock --upgrade-package jinja2==3.1.3`',
      '3 of 4',
    ])
  })

  it('says what to write into a list of requirements', () => {
    expect(inSample('acme-internal')?.[2]).toBe('Upgrade to 1.1: write `acme-internal==1.1` there')
  })

  it('names the other lists in which the same stands', () => {
    const listed = sampleRisk({
      location: { path: 'requirements-dev.txt', line: 145 },
      related: [{ path: 'requirements.txt', line: 22 }, { path: 'requirements-docs.txt' }],
      security: {
        kind: 'vulnerability',
        dependency: { ecosystem: 'pypi', name: 'a', version: '1.0' },
        fixedVersions: ['1.1'],
      },
    })
    const [table] = tables(riskBlocks([listed], []))
    expect(table?.rows[0]?.[2]).toBe(
      'Upgrade to 1.1: write `a==1.1` there and in `requirements.txt:22` and 1 more place',
    )
  })

  it('says where no version helps', () => {
    expect(inSample('ecdsa')?.[2]).toMatch(/^No version without it is known/)
  })

  it('says that a verified secret works', () => {
    expect(inSample('AWS')).toEqual([
      'critical',
      'An AWS key is in a file · its service accepts it · `deploy/settings.env:4`',
      'It works: revoke it now. Then take it out of the code.',
      '3 of 3',
    ])
  })

  it.each([
    ['B307', 78, 'Do not run text as code; parse it as data.'],
    ['B602', 78, 'Pass arguments as a list, without a shell.'],
    ['B201', 94, 'Turn debugging off where it is deployed.'],
    ['X1', 1, 'See `https://rules.example/X1`.'],
  ])('of the rule %s goes by what it is about, not by what may follow', (rule, cwe, advice) => {
    const help = `https://rules.example/${rule}`
    const findings = [sampleRisk({ rule, help, security: { kind: 'weakness', cwe: [cwe] } })]
    expect(tables(riskBlocks(findings, sampleFinders))[0]?.rows[0]?.[2]).toBe(advice)
  })

  it('says what to do about a weakness, and who found it', () => {
    expect(inSample('SQL')?.slice(2)).toEqual([
      'Pass values as parameters, not in the text of the query.',
      '2 of 2',
    ])
  })

  it('leaves out what is fixed or suppressed, and is none where nothing is left', () => {
    const suppressed = sampleRisk({ suppression: { reason: 'r', source: 'policy' } })
    expect(riskBlocks([suppressed, sampleRisk({ state: 'fixed' })], [])).toEqual([])
  })

  it('counts what has no room', () => {
    const many = Array.from({ length: 80 }, (_, line) => sampleRisk({ rule: `R${line}` }))
    expect(tables(riskBlocks(many, []))).toMatchObject([{ more: 30 }])
  })

  it('lets no text of a finding begin or end code', () => {
    const hostile = sampleRisk({ rule: 'a`b', message: 'one ` two', location: { path: 'x`y.py' } })
    const [table] = tables(riskBlocks([hostile], []))
    expect(table?.rows[0]?.[1]).toBe("`a'b` one ' two · `x'y.py`")
  })
})

it('comes to the same steps in any order', () => {
  const expected = riskSteps(sampleScan)
  fc.assert(
    fc.property(fc.shuffledSubarray([...sampleScan], { minLength: sampleScan.length }), (shuffled) => {
      expect(riskSteps(shuffled)).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

it('ranks what nobody knows the severity of behind high and before medium', () => {
  const severities = (['low', 'medium', 'unknown', 'critical', 'high'] as const).map((severity) =>
    sampleRisk({ rule: severity, security: { severity } }),
  )
  expect(riskSteps(severities).map(({ severity }) => severity)).toEqual([
    ...['critical', 'high', 'unknown', 'medium', 'low'],
  ])
})

it('puts what is attacked already before what is only likely to be, of the same severity', () => {
  const likely = sampleRisk({ rule: 'likely', security: { severity: 'high', epss: 0.9, score: 8.8 } })
  const attacked = sampleRisk({
    rule: 'attacked',
    security: { severity: 'high', exploited: true, score: 7.1 },
  })
  const critical = sampleRisk({ rule: 'critical', security: { severity: 'critical' } })
  expect(riskSteps([likely, attacked, critical]).map(({ findings: [first] }) => first.rule)).toEqual([
    ...['critical', 'attacked', 'likely'],
  ])
})

describe('an upgrade', () => {
  it.each([
    ['clears all', vulnerable('1.0', ['1.1'], ['1.10'], ['1.9']), { version: '1.10', withoutFix: 0 }],
    [
      'is the next of several lines',
      vulnerable('2.1', ['1.9.5', '2.1.4', '3.0']),
      { version: '2.1.4', withoutFix: 0 },
    ],
    ['counts what has no fix', vulnerable('1.0', ['1.1'], []), { version: '1.1', withoutFix: 1 }],
    ['never goes down', vulnerable('2.0', ['1.9']), { withoutFix: 1 }],
    ['may not exist', vulnerable('1.0', []), { withoutFix: 1 }],
  ])('%s', (_, findings, upgrade) => {
    expect(upgradeOf(findings)).toEqual(upgrade)
  })

  it.each([
    ['uv.lock', {}, 'uv lock --upgrade-package a==2.0'],
    ['web/package-lock.json', { direct: true }, 'npm install a@2.0'],
    ['web/package-lock.json', { direct: false }, 'npm update a'],
    ['requirements.txt', {}, undefined],
    ['uv.lock', { name: 'a; curl example.org' }, undefined],
    ['uv.lock', { name: '--index-url=x' }, undefined],
  ])('in %s %j is `%s`', (path, more, command) => {
    expect(upgradeCommand({ ecosystem: 'pypi', name: 'a', ...more }, '2.0', path)).toBe(command)
  })
})
