import type { Finding, ToolOutcome } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { projectOf } from '../test/sample-project.ts'
import { sampleRisk } from '../test/sample-risk.ts'
import { compareScans } from './proof.ts'
import { pinScanner } from './test/repair-stage.ts'
import type { Upgrade } from './upgrade-need.ts'

function found(name: string, version: string, id: string, path = 'uv.lock'): Finding {
  return sampleRisk({
    ...{ tool: 'pins', rule: id, location: { path } },
    security: { kind: 'vulnerability', ids: [id], dependency: { ecosystem: 'npm', name, version } },
  })
}

function outcome(
  findings: readonly Finding[],
  status: 'clean' | 'findings' | 'failed' = 'findings',
): ToolOutcome {
  const run = {
    ...{ id: 'pins', name: 'Pins', status, seconds: 0, findings: findings.length, files: 1, remembered: 0 },
    ...{ notices: [], commands: [], why: 'no database' },
  }
  return { tool: pinScanner('pins', []), project: projectOf([]), run, findings, measurements: [] }
}

const old = found('a', '1.0', 'CVE-1')
const upgrade: Upgrade = {
  ...{
    project: '',
    ecosystem: 'npm',
    name: 'a',
    path: 'uv.lock',
    from: '1.0',
    to: '1.4',
    direct: true,
    via: [],
  },
  ...{ findings: [old], witnessed: [old], clears: ['CVE-1'], leaves: [] },
}

function left(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  return compareScans([outcome(before)], [outcome(after)])
    .left(upgrade)
    .map(({ rule, security }) => `${security?.dependency?.version} ${rule}`)
}

describe('what is left of a package', () => {
  it.each([
    ['nothing', [], []],
    ['what did not go, in the old version', [old], ['1.0 CVE-1']],
    ['what did not go, in the new one', [found('a', '1.4', 'CVE-1')], ['1.4 CVE-1']],
    ['what the new version brings', [found('a', '1.4', 'CVE-7')], ['1.4 CVE-7']],
    ['nothing in another file', [found('a', '1.4', 'CVE-1', 'other.lock')], []],
    ['nothing of another package', [found('b', '1.4', 'CVE-1')], []],
  ])('%s', (_, after, wanted) => {
    expect(left([old], after)).toEqual(wanted)
  })

  it('is not what another version of it in the same file has, which is for itself', () => {
    const other = found('a', '2.0', 'CVE-1')
    expect(left([old, other], [other])).toEqual([])
    expect(left([old, other], [other, found('a', '1.4', 'CVE-1')])).toEqual(['1.4 CVE-1'])
  })

  it('is not what nobody said would go', () => {
    const stays = found('a', '1.0', 'CVE-5')
    expect(left([old, stays], [found('a', '1.4', 'CVE-5')])).toEqual([])
  })
})

it('finds what came with an upgrade, whosever it is, and not what was there', () => {
  const known = found('b', '1.0', 'CVE-3')
  const after = [known, found('c', '1.0', 'CVE-4'), found('d', '1.0', 'CVE-4', 'other.lock')]
  const { brought } = compareScans([outcome([old, known])], [outcome(after)])
  expect(brought(['uv.lock']).map(({ rule }) => rule)).toEqual(['CVE-4'])
})

it('proves nothing by a scanner that failed, or that had nothing to look at', () => {
  expect(compareScans([outcome([old])], [outcome([], 'failed')]).failure).toContain('no database')
  expect(compareScans([outcome([old])], []).failure).toContain('nothing to look at')
  expect(compareScans([outcome([old])], [outcome([], 'clean')]).failure).toBeUndefined()
})
