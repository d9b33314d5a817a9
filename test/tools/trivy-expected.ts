/** What the cases of trivy-cases.ts come to; see expected.ts. Written by hand from what is planted there. */
import { expect } from 'vitest'
import { said } from './said.ts'
import type { Summary } from './summary.ts'

const found = ['findings CVE-2026-90001 requirements.txt:1', 'secrets github-pat app/settings.py:2']
const all = expect.arrayContaining([...found, expect.stringMatching(/^findings \S+ Dockerfile/)]) as string[]

export const trivyExpected: Readonly<Record<string, Partial<Summary>>> = {
  clean: { status: 'clean', findings: [], messages: [] },
  findings: { status: 'findings', findings: all, messages: [] },
  'usage-error': { status: 'failed' },
  'no-database': { status: 'failed', messages: said("Trivy's database") },
  configured: {
    findings: expect.not.arrayContaining([found[0]]) as string[],
    messages: said('1 finding is left out by .trivyignore: CVE-2026-90001'),
  },
  'everything-allowed': { status: 'failed', messages: said('looked at nothing') },
  'own-configuration': { findings: all },
  'ignored-by-git': { findings: all, messages: said('local/notes.py') },
}
