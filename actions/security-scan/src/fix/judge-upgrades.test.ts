import type { Finding } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { sampleRisk } from '../test/sample-risk.ts'
import type { AppliedFix } from './apply-fix.ts'
import { componentKey } from './arrived.ts'
import { judgeUpgrades } from './judge-upgrades.ts'

function fix(name: string, path: string, introduces: readonly string[]): AppliedFix {
  return {
    upgrade: {
      ...{ project: '', ecosystem: 'pypi', name, path, from: '1.0', to: '1.4', direct: true, via: [] },
      ...{ findings: [], witnessed: [], clears: [], leaves: [] },
    },
    touches: [path],
    introduces: new Set(
      introduces.map((each) => componentKey(path, { ecosystem: 'pypi', name: each }, '2.0')),
    ),
  }
}

const worse: Finding = sampleRisk({
  ...{ rule: 'CVE-9', location: { path: 'uv.lock' } },
  security: {
    kind: 'vulnerability',
    ids: ['CVE-9'],
    dependency: { ecosystem: 'pypi', name: 'worse', version: '2.0' },
  },
})

/** Names of upgrades that stand, and sentences about those that do not. */
function judge(applied: readonly AppliedFix[], brought: readonly Finding[]) {
  const proof = {
    left: () => [],
    brought: (paths: readonly string[]) =>
      brought.filter(({ location }) => paths.includes(location?.path ?? '')),
  }
  const { again, unfixed } = judgeUpgrades(applied, proof, () => ({ stayed: false }))
  return { stand: again.map(({ name }) => name), why: unfixed.map(({ need, why }) => `${need.name}: ${why}`) }
}

it('holds only the upgrade to account that brought what is worse', () => {
  const applied = [
    fix('a', 'uv.lock', ['a', 'worse']),
    fix('b', 'uv.lock', ['b']),
    fix('c', 'other.lock', ['c']),
  ]
  expect(judge(applied, [worse])).toEqual({ stand: ['b', 'c'], why: ['a: worse 2.0 would come with CVE-9.'] })
})

it('holds all that changed the file to account where nobody knows which one it was', () => {
  const applied = [fix('a', 'uv.lock', ['a']), fix('b', 'uv.lock', []), fix('c', 'other.lock', [])]
  expect(judge(applied, [worse]).stand).toEqual(['c'])
})

it('gives up an upgrade whose old version the file still names, whatever scanners say', () => {
  const proof = { left: () => [], brought: () => [] }
  const judged = judgeUpgrades([fix('a', 'uv.lock', [])], proof, () => ({ stayed: true }))
  expect(judged.unfixed).toEqual([
    expect.objectContaining({ why: 'a 1.0 is still there: something else asks for it too.' }),
  ])
})
