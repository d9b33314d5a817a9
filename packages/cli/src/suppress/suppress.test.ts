import { recordingHost } from '@ci-actions/shared/testing'
import { describe, expect, test } from 'vitest'
import { suppress } from './suppress.ts'

/** The clock of the recording host stands at 2026-01-01. */
const jinja = 'vulnerability pypi/jinja2 CVE-2024-22195'
const line = 'weakness CWE-89 src/db.py aaaaaaaaaaaa'
const file = '.github/security-suppressions.yml'

const result = JSON.stringify({
  action: 'security-scan',
  findings: [
    {
      ...{ tool: 'pip-audit', rule: 'PYSEC-1', state: 'new' },
      security: {
        ...{ identity: jinja, severity: 'high', purl: 'pkg:pypi/jinja2@3.1.2' },
        ids: ['CVE-2024-22195', 'GHSA-h5c8-rqwp-cp95'],
      },
    },
    {
      ...{ tool: 'bandit', rule: 'B608', state: 'unchanged', location: { path: 'src/db.py', line: 3 } },
      witnesses: [{ tool: 'semgrep', rule: 'sql' }],
      security: { identity: line, severity: 'medium' },
    },
    {
      tool: 'x',
      rule: 'y',
      state: 'fixed',
      security: { identity: 'secret aws a.py bbbbbbbbbbbb', severity: 'high' },
    },
    { tool: 'x', rule: 'z', state: 'new' },
  ],
})

const scanned = { 'ci-actions-report/security-scan/result.json': result }

async function run(args: readonly string[], files: Readonly<Record<string, string>> = scanned) {
  const named = Object.entries(files).map(([path, text]) => [`/w/${path}`, text])
  const host = recordingHost({ facts: { workspace: '/w' }, files: Object.fromEntries(named) })
  const end = await suppress(host, '/w/src', args)
  const { [`/w/${file}`]: written, ...others } = host.recorded.files()
  return { ...end, said: end.problems.join('\n'), written, others }
}

const who = ['--reason', 'SEC-1: not used', '--owner', '@ada']

describe('a suppression is written', () => {
  test('until the longest day that the severity allows', async () => {
    const { exitCode, written, out, said } = await run([jinja, ...who])
    expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' })
    expect(written).toBe(
      `suppressions:\n  - id: "${jinja}"\n    reason: "SEC-1: not used"\n    owner: "@ada"\n    expires: 2026-04-01\n`,
    )
    expect(out).toContain(`${file}:\n${jinja}\n  until 2026-04-01, @ada\n`)
  })

  test('until the day that is asked for, with status and justification', async () => {
    const { written } = await run([
      ...[jinja, ...who, '--expires=2026-01-31', '--status', 'not-affected'],
      ...['--justification', 'vulnerable_code_not_present'],
    ])
    expect(written).toContain(
      'expires: 2026-01-31\n    status: not-affected\n    justification: vulnerable_code_not_present\n',
    )
  })

  test('to the list of the policy file, and as long as that allows', async () => {
    const policy = 'security-scan:\n  suppression-limits: {high: 10}\n'
    const apart = await run([jinja, ...who], { ...scanned, '.github/ci-actions.yml': policy })
    expect(apart.written).toMatch(/^suppressions:[\s\S]*expires: 2026-01-11\n$/)
    expect(apart.others['/w/.github/ci-actions.yml']).toBe(policy)
    for (const list of [
      '  suppressions:\n',
      `  suppressions:\n    - {id: "${line}", reason: r, owner: o, expires: 2026-02-01}\n`,
    ]) {
      const files = { ...scanned, '.github/ci-actions.yml': policy + list }
      const { others, written } = await run([jinja, ...who], files)
      expect(written).toBeUndefined()
      expect(others['/w/.github/ci-actions.yml']).toBe(
        `${policy}${list}    - id: "${jinja}"\n      reason: "SEC-1: not used"\n      owner: "@ada"\n      expires: 2026-01-11\n`,
      )
    }
  })

  test('without a result, for as long as nobody knows how severe it is, and says so', async () => {
    const { exitCode, written, said } = await run([jinja, ...who], {})
    expect(exitCode).toBe(0)
    expect(written).toContain('expires: 2026-01-31')
    expect(said).toContain('There is no result of `security-scan`')
  })
})

describe('nothing is written', () => {
  test.each<[string, readonly string[], string]>([
    ['for no risk', who, 'Say which risk'],
    ['without reason and owner', [jinja], '`--reason` is required'],
    [
      'for an identity without quotes',
      ['vulnerability', 'pypi/jinja2', 'CVE-1', ...who],
      'Put the identity in quotes',
    ],
    ['for an unknown option', [jinja, ...who, '--expire', '2026-01-02'], 'Did you mean `--expires`?'],
    ['for an empty reason', [jinja, '--reason', ' ', '--owner', 'x'], '`--reason` needs a value'],
    [
      'for a risk that is not there',
      ['vulnerability pypi/jinja3 CVE-2024-22195', ...who],
      `Did you mean \`${jinja}\`?`,
    ],
    [
      'for a line that was edited',
      ['weakness CWE-89 src/db.py cccccccccccc', ...who],
      `Did you mean \`${line}\`?`,
    ],
    ['for what was fixed', ['secret aws a.py bbbbbbbbbbbb', ...who], 'has no risk'],
    ['for a bare id', ['CVE-2024-22195', ...who], 'does not say in which component'],
    [
      'too long',
      [jinja, ...who, '--expires', '2026-04-02'],
      'a risk that is high may be suppressed until 2026-04-01',
    ],
    ['for the past', [jinja, ...who, '--expires', '2025-12-31'], 'is in the past'],
    ['until no day', [jinja, ...who, '--expires', 'never'], 'is no date; write it as `2026-01-01`'],
    [
      'with a status that is none',
      [jinja, ...who, '--status', 'not_affected'],
      'Did you mean `not-affected`?',
    ],
    [
      'with a justification alone',
      [jinja, ...who, '--justification', 'component_not_present'],
      'needs `status: not-affected`',
    ],
    ['for a result that is none', [jinja, ...who, '--result', 'x.json'], '/w/src/x.json is no `result.json`'],
    ['for a file that is none', ['--import', '../x.txt', ...who], 'there is no file /w/x.txt'],
    ['for a risk and a file', [jinja, '--import', '../.snyk', ...who], 'not both'],
  ])('%s', async (_, args, problem) => {
    const { exitCode, written, said } = await run(args)
    expect(exitCode).toBe(2)
    expect(written).toBeUndefined()
    expect(said).toContain(problem)
  })

  test('twice', async () => {
    const before = `suppressions:\n  - {id: "${jinja}", reason: r, owner: "@ben", expires: 2026-01-05}\n`
    const { exitCode, written, said } = await run([jinja, ...who], { ...scanned, [file]: before })
    expect([exitCode, written]).toEqual([2, before])
    expect(said).toContain(`\`${file}\` has it already: entry 1, until 2026-01-05 (@ben).`)
  })

  test('to a list that is wrong, which has to be mended first', async () => {
    const before = 'suppressions:\n  - {id: x}\n'
    const { exitCode, written, said } = await run([jinja, ...who], { ...scanned, [file]: before })
    expect([exitCode, written]).toEqual([2, before])
    expect(said).toContain(`\`suppressions\` of \`${file}\`, entry 1 (\`x\`): needs`)
  })
})

describe('an ignore file is imported', () => {
  const ignore = `# not used here
CVE-2024-22195 exp:2026-02-01
GHSA-h5c8-rqwp-cp95

B608

CVE-1999-0001
B608 exp:2025-06-01
`

  test('with its reasons and days; what lacks something is told', async () => {
    const { exitCode, written, said } = await run(['--import', '../.trivyignore', '--owner', '@ada'], {
      ...scanned,
      '.trivyignore': ignore,
    })
    expect(exitCode).toBe(1)
    expect(written).toBe(
      `suppressions:\n  - id: "${jinja}"\n    reason: "not used here"\n    owner: "@ada"\n    expires: 2026-02-01\n`,
    )
    expect(said.split('\n')).toEqual([
      '`.trivyignore`, line 3: left out, since it has no reason; give one with `--reason`.',
      '`.trivyignore`, line 5: left out, since it has no reason; give one with `--reason`.',
      '`.trivyignore`, line 7: left out, since the last result has no such risk (CVE-1999-0001).',
      '`.trivyignore`, line 8: left out, since it ended on 2025-06-01.',
    ])
  })

  test('with a reason for all that have none, each risk once, none that is there', async () => {
    const files = { ...scanned, '.trivyignore': 'CVE-2024-22195\nGHSA-h5c8-rqwp-cp95\nB608 exp:2030-01-01\n' }
    const { exitCode, written } = await run(['--import', '../.trivyignore', ...who], files)
    expect(exitCode).toBe(0)
    expect(written?.match(/id: .*/g)).toEqual([`id: "${jinja}"`, `id: "${line}"`])
    expect(written?.match(/expires: .*/g)).toEqual(['expires: 2026-04-01', 'expires: 2026-06-30'])
    const again = await run(['--import', '../.trivyignore', ...who], { ...files, [file]: written ?? '' })
    expect([again.exitCode, again.written]).toEqual([2, written])
    expect(again.said).toContain('There is nothing to write.')
  })

  test('but not what holds for less than a suppression can say', async () => {
    const toml = '[[PackageOverrides]]\nname = "jinja2"\nversion = "3.1.2"\nvulnerability.ignore = true\n'
    const { written, said } = await run(['--import', '../osv-scanner.toml', ...who], {
      ...scanned,
      'osv-scanner.toml': toml,
    })
    expect(written).toBeUndefined()
    expect(said).toContain('a suppression cannot say: only version 3.1.2')
  })
})

test('help', async () => {
  const { exitCode, out } = await run(['--help'])
  expect(exitCode).toBe(0)
  for (const row of out.split('\n')) expect(row.length).toBeLessThanOrEqual(110)
})
