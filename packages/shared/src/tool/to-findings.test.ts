import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { RawFinding } from '../finding/finding.ts'
import { toFindings } from './to-findings.ts'

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')

function known(value: string, line: number): RawFinding {
  const secret = { sha1: sha1(value) }
  return {
    rule: 'Secret Keyword',
    level: 'error',
    message: `Looks like a secret: ${value}.`,
    location: { path: 'settings.py', line },
    security: { kind: 'secret', claims: [], secret },
  }
}

async function hiddenFor(raw: readonly RawFinding[], lines: readonly string[] | undefined) {
  const hidden: string[] = []
  const findings = await toFindings(raw, {
    tool: 'detect-secrets',
    package: undefined,
    workspace: '/work',
    realWorkspace: '/work',
    cwd: '/work',
    sources: { file: async () => undefined, lines: async () => lines, text: async () => undefined },
    secretKey: 'of this run',
    hide: (secret) => void hidden.push(secret),
  })
  return { hidden, findings }
}

it('hides the value of a secret of which the tool gives a digest, and the digest', async () => {
  const lines = ['X = 1', 'PASSWORD = "hunter2-of-ours"']
  const { hidden, findings } = await hiddenFor([known('hunter2-of-ours', 2)], lines)
  expect(hidden).toEqual([sha1('hunter2-of-ours'), 'hunter2-of-ours'])
  expect(findings[0]?.message).toBe('Looks like a secret: ***.')
})

it('goes without the value where the line cannot be read', async () => {
  const { hidden, findings } = await hiddenFor([known('hunter2-of-ours', 1)], undefined)
  expect([hidden.length, findings.length]).toEqual([1, 1])
})
