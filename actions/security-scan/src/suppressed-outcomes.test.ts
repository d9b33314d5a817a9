import type { ComparedOutcome, Finding, RiskKind, Tool, ToolRun } from '@ci-actions/shared'
import { defaultLifetimes } from '@ci-actions/shared'
import { describe, expect, test } from 'vitest'
import { ignoreFileNotices } from './ignore-files.ts'
import { isComplete, suppressionBlocks, suppressOutcomes } from './suppressed-outcomes.ts'
import { sampleProject } from './test/sample-project.ts'

type Status = ToolRun['status']
const everything = { narrowed: false, wholeHistory: true }

function ran(
  tool: Pick<Tool, 'id' | 'kind' | 'metrics'>,
  status: Status = 'clean',
  { findings = [], warning }: { readonly findings?: readonly Finding[]; readonly warning?: string } = {},
): ComparedOutcome {
  const { project } = sampleProject({ 'a.py': '' })
  const whole: Tool = {
    ...{
      name: tool.id,
      homepage: '',
      scope: 'project',
      install: { kind: 'present', executable: 'x' },
      ...tool,
    },
    configuredBy: () => [],
    applies: () => ({ runs: true, files: [] }),
    invocations: () => [],
    parse: () => ({ findings: [] }),
  }
  const run: ToolRun = {
    ...{ id: tool.id, name: tool.id, status, seconds: 1, findings: 0, files: 1, remembered: 0, commands: [] },
    notices: warning === undefined ? [] : [{ level: 'warning', message: warning }],
  }
  return {
    outcome: { tool: whole, project, run, findings, measurements: [] },
    knowledge: 'nothing',
    part: { tool: tool.id, metrics: tool.metrics, findings, measurements: [], compared: 'none' },
  }
}

const pip = { id: 'pip-audit', kind: 'dependencies', metrics: ['findings'] }
const osv = { id: 'osv-scanner', kind: 'dependencies', metrics: ['findings'] }
const bandit = { id: 'bandit', kind: 'code', metrics: ['findings', 'secrets'] }
const gitleaks = { id: 'gitleaks', kind: 'secrets', metrics: ['secrets'] }

describe('whether a missing risk is gone', () => {
  test.each<[string, RiskKind, readonly ComparedOutcome[], boolean]>([
    ['its scanners ran', 'vulnerability', [ran(pip, 'findings'), ran(osv)], true],
    ['one has nothing to look at', 'vulnerability', [ran(pip), ran(osv, 'not-applicable')], true],
    ['one never runs here', 'vulnerability', [ran(pip), ran(osv, 'skipped')], true],
    ['one failed', 'vulnerability', [ran(pip), ran(osv, 'failed')], false],
    ['one left something out', 'vulnerability', [ran(pip, 'clean', { warning: 'x was skipped' })], false],
    ['none ran', 'vulnerability', [ran(pip, 'skipped'), ran(bandit)], false],
    ['another kind failed', 'vulnerability', [ran(pip), ran(bandit, 'failed')], true],
    ['by what they feed', 'secret', [ran(gitleaks), ran(bandit, 'failed')], false],
    ['nobody looks for it', 'license', [ran(pip)], false],
  ])('%s', (_, kind, compared, complete) => {
    expect(isComplete(kind, compared, everything)).toBe(complete)
  })

  test('not where not everything was looked at', () => {
    expect(isComplete('vulnerability', [ran(pip)], { ...everything, narrowed: true })).toBe(false)
    const change = { ...everything, wholeHistory: false }
    expect(isComplete('secret', [ran(gitleaks)], change)).toBe(false)
    expect(isComplete('vulnerability', [ran(pip)], change)).toBe(true)
  })
})

function vulnerability(name: string): Finding {
  return {
    ...{
      tool: 'pip-audit',
      rule: 'CVE-2024-1',
      level: 'error',
      message: 'm',
      fingerprint: name,
      state: 'new',
    },
    metric: 'findings',
    security: {
      ...{ kind: 'vulnerability', claims: [], severity: 'low', severitySource: '', ids: ['CVE-2024-1'] },
      dependency: { ecosystem: 'pypi', name },
    },
  }
}

describe('outcomes', () => {
  const entry = {
    ...{ id: 'vulnerability pypi/b CVE-2024-1', reason: 'a `b` | c', owner: 'o', expires: '2026-02-01' },
    ...{ path: 'f', number: 1 },
  }
  const list = { entries: [entry], lifetimes: defaultLifetimes, today: '2026-01-01' }

  test('keep their findings, in their order', () => {
    const before = [
      ran(pip, 'findings', { findings: [vulnerability('a'), vulnerability('b')] }),
      ran(bandit),
      ran(osv, 'findings', { findings: [vulnerability('c')] }),
    ]
    const { compared, parts, notices } = suppressOutcomes(before, list, everything)
    const names = compared.map(({ part }) =>
      part.findings.map(({ security, suppression }) => [
        security?.dependency?.name,
        suppression !== undefined,
      ]),
    )
    expect(names).toEqual([
      [
        ['a', false],
        ['b', true],
      ],
      [],
      [['c', false]],
    ])
    expect(parts).toMatchObject([{ metrics: ['suppressions-stale'], findings: [] }])
    expect(notices).toEqual([])
    const blocks = suppressionBlocks(compared.flatMap(({ part }) => part.findings))
    expect(blocks).toMatchObject([
      {
        title: 'Suppressed: 1',
        blocks: [{ rows: [['`vulnerability pypi/b CVE-2024-1`', 'low', "a 'b' | c", 'o', '2026-02-01']] }],
      },
      {
        blocks: [
          {
            rows: [
              ['`vulnerability pypi/a CVE-2024-1`', 'low'],
              ['`vulnerability pypi/c CVE-2024-1`', 'low'],
            ],
          },
        ],
      },
    ])
  })

  test('feed the metric also where no entry has to go', () => {
    expect(suppressOutcomes([], { ...list, entries: [] }, everything).parts).toMatchObject([
      { metrics: ['suppressions-stale'], findings: [] },
    ])
  })

  test('are named by their rule where they have no identity', () => {
    const { security, ...rest } = vulnerability('a')
    const { identity: _, ...anonymous } = security ?? expect.unreachable()
    const suppression = { reason: 'r', source: 'report' } as const
    const blocks = suppressionBlocks([{ ...rest, tool: 'x', rule: 'R', security: anonymous, suppression }])
    expect(blocks).toMatchObject([{ blocks: [{ rows: [['`R` of x', 'low', 'r', '', '']] }] }])
  })

  test('have no blocks where there is no risk', () => {
    expect(suppressionBlocks([{ ...vulnerability('a'), state: 'fixed' }])).toEqual([])
  })
})

describe('files by which scanners leave something out', () => {
  const files = {
    '.trivyignore': '# none\nCVE-2024-1\nCVE-2024-2\n',
    'sub/osv-scanner.toml': '[[IgnoredVulns]]\nid = "CVE-1"\n',
    '.snyk': 'ignore: {}\n',
    'vex.json': '{"statements":[{"vulnerability":"CVE-1","status":"not_affected"}]}',
    'a.py': '# CVE-2024-1',
  }

  test('are told with how much they name, for the scanners that ran', async () => {
    const { host, project } = sampleProject(files)
    const notices = await ignoreFileNotices(host, [project], new Set(['trivy', 'snyk', 'osv-scanner']))
    expect(notices).toHaveLength(2)
    expect(notices[0]).toContain('`.trivyignore` has 2 entries for Trivy to leave out by itself')
    expect(notices[1]).toContain('`sub/osv-scanner.toml` has 1 entry for osv-scanner')
    expect(await ignoreFileNotices(host, [project], new Set(['bandit']))).toEqual([])
  })

  test('that cannot be read are told, whoever ran', async () => {
    const { host, project } = sampleProject({ '.snyk': 'a: [' })
    expect(await ignoreFileNotices(host, [project], new Set())).toEqual([
      expect.stringContaining('`.snyk` cannot be read'),
    ])
  })
})
