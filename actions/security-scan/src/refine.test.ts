import type { ComparedOutcome, Finding, ToolRun } from '@ci-actions/shared'
import { defaultLifetimes } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import type { RefineWith } from './refine.ts'
import { refineRisks } from './refine.ts'
import { sampleProject } from './test/sample-project.ts'
import { sampleRisk } from './test/sample-risk.ts'
import { gitleaks } from './tools/gitleaks.ts'

function ran(
  findings: readonly Finding[],
  compared: ComparedOutcome['part']['compared'] = 'none',
): ComparedOutcome {
  const { id, name, metrics } = gitleaks
  const run: ToolRun = {
    ...{ id, name, status: 'findings', seconds: 1, findings: 1, files: 1, remembered: 0 },
    ...{ commands: [], notices: [] },
  }
  return {
    outcome: { tool: gitleaks, project: sampleProject({}).project, run, findings, measurements: [] },
    knowledge: ({ none: 'nothing', lines: 'lines', exact: 'run' } as const)[compared],
    part: { tool: findings[0]?.tool ?? id, metrics, findings, measurements: [], compared },
  }
}

/** In a file that is no longer there, so that no line of the change is its own. */
const secret = sampleRisk({
  tool: 'gitleaks',
  state: 'unchanged',
  location: { path: 'gone.env' },
  security: { kind: 'secret', commit: '9dd176a489a029641bb0f8dd0354be31414cad35', lineDigest: 'd' },
})
const { security } = secret
const inFile = { ...secret, ...(security && { security: { ...security, commit: undefined } }) }

it.each([
  ['of the change is new', secret, true, 'new'],
  ['of any time is what the comparison says', secret, false, 'unchanged'],
  ['is none where it stands in a file', inFile, true, 'unchanged'],
])('a secret in a commit %s', (_, finding, commitsAreNew, state) => {
  expect(statesOf([ran([finding])], commitsAreNew)).toEqual([state])
})

it.each([
  ['with a base', 'lines', 'new'],
  ['without a base', 'none', 'unknown'],
] as const)('a risk without a place, %s', (_, compared, state) => {
  const risk = sampleRisk({ tool: 'zap', state: 'unknown', location: undefined })
  expect(statesOf([ran([risk], compared)], false)).toEqual([state])
})

it('goes to the outcome that looked, where the tool was left out and a report of it given', () => {
  const leftOut = ran([])
  const skipped = {
    ...leftOut,
    outcome: { ...leftOut.outcome, run: { ...leftOut.outcome.run, status: 'skipped' as const } },
  }
  const { compared } = refined([skipped, ran([inFile], 'lines')], false)
  expect(compared.map(({ part }) => part.findings.length)).toEqual([0, 1])
})

it('joins what a report says of a file of a package with what a scanner of the package says', () => {
  const place = {
    location: { path: 'api/store.py', line: 3 },
    security: { kind: 'weakness', cwe: [89], lineDigest: 'd' },
  } as const
  const scanner = ran([sampleRisk({ tool: 'bandit', package: 'api', ...place })], 'exact')
  const project = { ...scanner.outcome.project, name: 'api', folder: 'api' }
  const inPackage = {
    ...scanner,
    outcome: { ...scanner.outcome, project },
    part: { ...scanner.part, package: 'api' },
  }
  const { compared } = refined([inPackage, ran([sampleRisk({ tool: 'semgrep', ...place })], 'lines')], false)
  expect(
    compared.flatMap(({ part }) => part.findings.map(({ witnesses }) => witnesses?.map(({ tool }) => tool))),
  ).toEqual([['bandit', 'semgrep']])
})

it('says of a new secret that a suppression covers it', () => {
  const identity = 'secret generic .env d'
  const entry = {
    id: identity,
    reason: 'a fixture',
    owner: '@ada',
    expires: '2026-02-01',
    path: 'policy.yml',
    number: 1,
  }
  const suppressions = { entries: [entry], lifetimes: defaultLifetimes, today: '2026-01-01' }
  const risk = (state: Finding['state']) =>
    sampleRisk({
      tool: 'detect-secrets',
      rule: 'Secret Keyword',
      state,
      location: { path: '.env', line: 1 },
      security: { kind: 'secret', lineDigest: 'd' },
    })
  const said = (state: Finding['state']) => refined([ran([risk(state)], 'lines')], false, suppressions)
  expect(
    said('new').compared.flatMap(({ part }) => part.findings.map(({ suppression }) => suppression?.reason)),
  ).toEqual(['a fixture'])
  expect(said('new').loosened).toEqual([
    expect.stringContaining(`covers (\`${identity}\`, in \`policy.yml\`)`),
  ])
  expect(said('unchanged').loosened).toEqual([])
})

it('is new by a comparison, though the change does not touch its line', () => {
  const found = (tool: string, state: Finding['state']) =>
    sampleRisk({ tool, state, security: { kind: 'weakness', cwe: [89], lineDigest: 'd' } })
  const exact = ran([found('bandit', 'new')], 'exact')
  const byLines = ran([found('semgrep', 'unchanged')], 'lines')
  expect(statesOf([exact, byLines], false)).toEqual(['new'])
  expect(statesOf([byLines, exact], false)).toEqual(['new'])
})

function statesOf(outcomes: readonly ComparedOutcome[], commitsAreNew: boolean) {
  return refined(outcomes, commitsAreNew).compared.flatMap(({ part }) =>
    part.findings.map(({ state }) => state),
  )
}

function refined(
  outcomes: readonly ComparedOutcome[],
  commitsAreNew: boolean,
  suppressions: RefineWith['suppressions'] = {
    entries: [],
    lifetimes: defaultLifetimes,
    today: '2026-01-01',
  },
) {
  return refineRisks(outcomes, {
    paths: new Map(),
    exploitation: {},
    suppressions,
    scope: { narrowed: false, wholeHistory: false },
    commitsAreNew,
    base: new Map(),
  })
}
