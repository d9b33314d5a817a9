import type { ComparedOutcome, Finding, ToolRun } from '@ci-actions/shared'
import { defaultLifetimes } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { refineRisks } from './refine.ts'
import { sampleProject } from './test/sample-project.ts'
import { sampleRisk } from './test/sample-risk.ts'
import { gitleaks } from './tools/gitleaks.ts'

function ran(findings: readonly Finding[]): ComparedOutcome {
  const { id, name, metrics } = gitleaks
  const run: ToolRun = {
    ...{ id, name, status: 'findings', seconds: 1, findings: 1, files: 1, remembered: 0 },
    ...{ commands: [], notices: [] },
  }
  return {
    outcome: { tool: gitleaks, project: sampleProject({}).project, run, findings, measurements: [] },
    knowledge: 'nothing',
    part: { tool: id, metrics, findings, measurements: [], compared: 'none' },
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
  const { compared } = refineRisks([ran([finding])], {
    paths: new Map(),
    exploitation: {},
    suppressions: { entries: [], lifetimes: defaultLifetimes, today: '2026-01-01' },
    scope: { narrowed: false, wholeHistory: false },
    commitsAreNew,
  })
  expect(compared.flatMap(({ part }) => part.findings.map((each) => each.state))).toEqual([state])
})
