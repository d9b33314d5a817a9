import { expect, it } from 'vitest'
import { commitNotices } from './commit-notices.ts'

const all = { kind: 'all', message: 'All commits.' } as const

function notices(...ids: readonly string[]) {
  return commitNotices(
    all,
    ids.map((id) => ({ id, name: id, status: 'clean' as const })),
  )
}

it('says which commits were looked at where somebody did', () => {
  expect(notices('gitleaks', 'trufflehog', 'bandit')).toEqual(['Secrets: All commits.'])
  expect(notices('bandit')).toEqual([])
})

it('says that TruffleHog alone passes over merges', () => {
  expect(notices('trufflehog', 'detect-secrets')).toEqual([
    'Secrets: All commits.',
    expect.stringContaining('passes over merge commits'),
  ])
  const failed = { id: 'gitleaks', name: 'Gitleaks', status: 'failed' } as const
  const trufflehog = { id: 'trufflehog', name: 'TruffleHog', status: 'findings' } as const
  expect(commitNotices(all, [failed, trufflehog])).toHaveLength(2)
})

it('says that nobody looked into commits where secrets were looked for in files alone', () => {
  expect(notices('detect-secrets', 'trivy')).toEqual([
    expect.stringMatching(/nobody looked into commits.* detect-secrets and trivy know the files/),
  ])
})

it('leaves a range that nobody could tell to the check that fails for it', () => {
  expect(commitNotices({ kind: 'unknown', why: '' }, [])).toEqual([])
  expect(commitNotices(undefined, [])).toEqual([])
})
