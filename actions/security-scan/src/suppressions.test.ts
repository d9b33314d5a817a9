import { describe, expect, test } from 'vitest'
import { commitTree, git, scratchRepository } from '../../../packages/shared/src/git/test/scratch.ts'
import { runScan } from './test/suppressed-scan.ts'

const list = '.github/security-suppressions.yml'
const policy = '.github/ci-actions.yml'
const jinja = 'vulnerability pypi/jinja2 CVE-2024-22195'
const flask = 'vulnerability pypi/flask CVE-2023-30861'
const vulnerable = { 'vulnerable.txt': 'Jinja2 CVE-2024-22195\n' }

/** As lines of a list that is indented by two. */
function entry(id: string, expires = '2026-02-28'): string {
  return `  - id: "${id}"\n    reason: not used\n    owner: "@ada"\n    expires: ${expires}\n`
}

const listOf = (...entries: readonly string[]) => `suppressions:\n${entries.join('')}`

describe('a scan with suppressions', () => {
  test('reports the risk, which does not count', async () => {
    const run = await runScan(scratchRepository({ ...vulnerable, [list]: listOf(entry(jinja)) }))
    expect(run.report.verdict).toBe('passed')
    expect(run.report.findings).toMatchObject([
      {
        security: { identity: jinja, severity: 'high' },
        suppression: { reason: 'not used', owner: '@ada', expires: '2026-02-28', source: list },
      },
    ])
    const text = JSON.stringify(run.report.blocks)
    expect(text).toContain('Suppressed: 1')
    expect(text).toContain('"@ada","2026-02-28"')
  })

  test('fails without them, and shows the text that suppresses', async () => {
    const run = await runScan(scratchRepository(vulnerable))
    expect(run.report.verdict).toBe('failed')
    expect(JSON.stringify(run.report.blocks)).toContain(`\`${jinja}\``)
  })

  test.each([
    ['ended', entry(jinja, '2025-12-31'), 'expired', ['findings.high == 0', 'suppressions-stale == 0']],
    [
      'holds too long',
      entry(jinja, '2026-04-02'),
      'too-long',
      ['findings.high == 0', 'suppressions-stale == 0'],
    ],
  ])('fails by the risk and by the entry where it %s', async (_, text, rule, failed) => {
    const run = await runScan(scratchRepository({ ...vulnerable, [list]: listOf(text) }))
    expect(run.report.reasons.map((reason) => reason.rule)).toEqual(failed)
    expect(run.report.findings).toContainEqual(
      expect.objectContaining({ tool: 'suppressions', rule, location: { path: list } }),
    )
  })

  test('fails by an entry that nothing needs, unless not everything was looked at', async () => {
    const folder = scratchRepository({ 'a.txt': '', [list]: listOf(entry(jinja)) })
    const run = await runScan(folder)
    expect(run.report.reasons.map((reason) => reason.rule)).toEqual(['suppressions-stale == 0'])
    expect((await runScan(folder, { paths: 'a.txt' })).report.verdict).toBe('passed')
  })

  test('names what ends soon', async () => {
    const run = await runScan(
      scratchRepository({ ...vulnerable, [list]: listOf(entry(jinja, '2026-01-10')) }),
    )
    expect(run.report.notices.join('\n')).toContain('ends in 9 days, on 2026-01-10')
  })

  test('takes both lists, and other limits', async () => {
    const section = `security-scan:\n  suppression-limits: {high: 10}\n  ${listOf(entry(jinja, '2026-01-11')).replaceAll('\n', '\n  ')}`
    const files = { 'vulnerable.txt': 'Jinja2 CVE-2024-22195\nFlask CVE-2023-30861\n' }
    const run = await runScan(
      scratchRepository({ ...files, [policy]: section, [list]: listOf(entry(flask, '2026-01-12')) }),
    )
    expect(run.report.findings.map(({ rule, suppression }) => [rule, suppression?.source])).toEqual([
      ['CVE-2023-30861', undefined],
      ['CVE-2024-22195', policy],
      ['too-long', undefined],
    ])
  })

  test('is an error with all that is wrong in them', async () => {
    const wrong = listOf(`${entry('CVE-2024-22195')}    ownr: x\n`, '  - {id: 5}\n')
    const run = await runScan(scratchRepository({ ...vulnerable, [list]: wrong }))
    expect(run.report.verdict).toBe('error')
    const said = run.report.reasons.map(({ message }) => message).join('\n')
    for (const part of ['entry 1', 'did you mean `owner`?', 'does not say in which component', 'entry 2'])
      expect(said).toContain(part)
    const inPolicy = 'security-scan:\n  suppression-limit: {high: 1}\n  suppressions: [{id: x}]\n'
    const other = await runScan(scratchRepository({ ...vulnerable, [policy]: inPolicy }))
    const saidOfPolicy = other.report.reasons.map(({ message }) => message).join('\n')
    expect(saidOfPolicy).toContain('Did you mean `suppression-limits`?')
    expect(saidOfPolicy).toContain(`\`suppressions\` of \`${policy}\`, entry 1 (\`x\`): needs`)
  })
})

describe('a change', () => {
  /** A commit on a branch, judged against `main`. */
  async function change(
    before: Readonly<Record<string, string>>,
    after: Readonly<Record<string, string>>,
    inputs = {},
  ) {
    const folder = scratchRepository({ ...vulnerable, ...before })
    git(folder, 'checkout', '-q', '-b', 'feature')
    commitTree(folder, after)
    return runScan(folder, { base: 'main', ...inputs })
  }

  test('that adds an entry is called out', async () => {
    const { report } = await change({ 'a.txt': '' }, { [list]: listOf(entry(jinja)) })
    expect(report.loosened).toEqual([`Suppresses a risk: \`${jinja}\` until 2026-02-28 (@ada: not used).`])
  })

  test('that prolongs one is called out, in the policy file too, and longer limits', async () => {
    const section = (text: string, high: number) =>
      `security-scan:\n  suppression-limits: {high: ${high}}\n  ${listOf(text).replaceAll('\n', '\n  ')}`
    const { report } = await change(
      { [policy]: section(entry(jinja), 80) },
      { [policy]: section(entry(jinja, '2026-03-01'), 85) },
    )
    expect(report.loosened).toEqual([
      `Prolongs a suppression: \`${jinja}\` from 2026-02-28 to 2026-03-01.`,
      'Suppressions may hold for more days: high from 80 to 85.',
    ])
  })

  test('that moves or removes one is not', async () => {
    const section = `security-scan:\n  ${listOf(entry(jinja)).replaceAll('\n', '\n  ')}`
    const { report } = await change(
      { [policy]: section },
      { [policy]: 'security-scan:\n', [list]: listOf(entry(jinja)) },
    )
    expect(report.loosened).toEqual([])
  })

  test('that makes a scanner leave something out is called out', async () => {
    const { report } = await change(
      { '.trivyignore': 'CVE-2020-1\n' },
      {
        '.trivyignore': 'CVE-2020-1\nCVE-2024-22195 exp:2027-01-01\n',
        Dockerfile: 'FROM x # hadolint ignore=DL3006\n',
      },
    )
    expect(report.loosened).toEqual([
      '`.trivyignore` makes Trivy leave out: `CVE-2024-22195`.',
      'A comment silences a tool: `Dockerfile:1` `# hadolint ignore=`.',
    ])
  })

  test('cannot suppress its own risks with `policy-ref: base`', async () => {
    const event = { name: 'pull_request', payload: {} }
    const folder = scratchRepository({ 'a.txt': '' })
    git(folder, 'checkout', '-q', '-b', 'feature')
    commitTree(folder, { ...vulnerable, [list]: listOf(entry(jinja)) })
    const { report } = await runScan(folder, { base: 'main', 'policy-ref': 'base' }, event)
    expect(report.findings).toMatchObject([{ security: { identity: jinja } }])
    expect(report.findings[0]?.suppression).toBeUndefined()
    expect(report.loosened).toEqual([
      `Suppresses a risk: \`${jinja}\` until 2026-02-28 (@ada: not used). It holds once it is merged.`,
    ])
  })

  test('is judged by the list of the base with `policy-ref: base`', async () => {
    const folder = scratchRepository({ ...vulnerable, [list]: listOf(entry(jinja)) })
    git(folder, 'checkout', '-q', '-b', 'feature')
    commitTree(folder, { [list]: 'not: valid' })
    const { report } = await runScan(folder, { base: 'main', 'policy-ref': 'base' })
    expect(report.findings[0]?.suppression).toMatchObject({ source: list })
  })
})
