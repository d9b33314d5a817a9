import { expect, test } from 'vitest'
import type { Fixed } from './fix-demo.ts'
import { unexpectedFix } from './fix-demo.ts'

const mended: Fixed = {
  result: { findings: [], notices: ['1 upgrade was written. Then everything was scanned again: …'] },
  lists: { 'requirements.txt': 'httpx==0.28.1\nidna==3.20 \\\n', 'requirements-dev.txt': 'idna==3.20\n' },
  patch: '@@\n-idna==3.19 \\\n+idna==3.20 \\\n',
}

test('a fix mends all lists, says so, and leaves the patch behind', () => {
  expect(unexpectedFix(mended)).toEqual([])
  const half = { ...mended.lists, 'requirements-dev.txt': 'idna==3.19\n' }
  expect(unexpectedFix({ ...mended, lists: half })).toEqual([
    'requirements-dev.txt still asks for idna 3.19',
    'requirements-dev.txt does not ask for idna 3.20',
  ])
  expect(unexpectedFix({ ...mended, patch: '' })).toHaveLength(1)
  expect(unexpectedFix({ ...mended, result: { ...mended.result, notices: [] } })).toHaveLength(1)
})

test('what was vulnerable is reported no more', () => {
  const finding = { tool: 'pip-audit', rule: 'CVE-2026-90004', state: 'unchanged' }
  const findings = [{ ...finding, security: { severity: 'high', kind: 'vulnerability' } }]
  expect(unexpectedFix({ ...mended, result: { ...mended.result, findings } })).toEqual([
    'CVE-2026-90004 is still reported',
  ])
  const others = [{ ...finding, security: { severity: 'high', kind: 'license' } }]
  expect(unexpectedFix({ ...mended, result: { ...mended.result, findings: others } })).toEqual([])
})
