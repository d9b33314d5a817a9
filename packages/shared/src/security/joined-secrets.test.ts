import { expect, test } from 'vitest'
import type { Finding, Security } from '../finding/finding.ts'
import { joinRisks } from './merge.ts'

test('goes on where what was joined says where another secret belongs', () => {
  const secret = (rule: string, line: number | undefined, about: Partial<Security>): Finding => ({
    ...{ tool: 'bandit', rule, level: 'error', message: 'm', fingerprint: rule, state: 'new' },
    location: { path: 'a.py', line },
    security: { kind: 'secret', claims: [], severity: 'high', severitySource: 's', ...about },
  })
  const merged = joinRisks([
    secret('github-pat', 1, { lineDigest: 'a' }),
    secret('B602', 1, { lineDigest: 'a' }),
    secret('private-key', 1, { secretDigest: '22' }),
    secret('B602', undefined, { lineDigest: 'a', secretDigest: '22' }),
  ])
  expect(joinRisks(merged)).toEqual(merged)
})
