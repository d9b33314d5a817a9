/** What the cases of binary-cases.ts come to; see expected.ts. Written by hand from what is planted there. */
import { expect } from 'vitest'
import { said } from './said.ts'
import type { Summary } from './summary.ts'
import { trivyExpected } from './trivy-expected.ts'
import { trufflehogExpected } from './trufflehog-cases.ts'

export const binaryExpected: Readonly<Record<string, Readonly<Record<string, Partial<Summary>>>>> = {
  trivy: trivyExpected,
  trufflehog: trufflehogExpected,
  gitleaks: {
    clean: { status: 'clean', findings: [] },
    findings: { findings: ['secrets github-pat app/settings.py:2'] },
    history: { findings: ['secrets github-pat app/settings.py'], messages: [] },
    package: { findings: ['secrets github-pat settings.py'], messages: [] },
    'unknown-commit': { status: 'failed', messages: said('did not look at everything') },
    'no-history': { status: 'clean' },
    'ignored-by-git': { status: 'clean', messages: said('local/notes.txt') },
    configured: { findings: ['secrets github-pat app/other.py:1'] },
    'everything-allowed': { status: 'failed', messages: said('.gitleaks.toml') },
    'config-broken': { status: 'failed' },
  },
  'osv-scanner': {
    clean: { status: 'clean', filesChecked: 1 },
    findings: {
      findings: [
        'findings GHSA-2222-3333-4444 requirements.txt:3',
        'findings GHSA-2345-6789-cfgh package-lock.json:20',
      ],
      filesChecked: 2,
    },
    unpinned: {
      status: 'clean',
      messages: expect.arrayContaining([
        expect.stringMatching(/requirements\.txt: invented-parser, invented-http have no exact version/),
      ]) as string[],
    },
    'nothing-locked': { status: 'clean', filesChecked: 1, messages: said('package-lock.json') },
    bun: { findings: ['findings GHSA-2345-6789-cfgh web/bun.lock'], filesChecked: 1 },
    'broken-lock': { status: 'failed', messages: said('package-lock.json') },
    'no-database': { status: 'failed', messages: said('crates.io') },
    configured: {
      status: 'clean',
      messages: expect.arrayContaining([
        expect.stringContaining('not reached'),
        expect.stringContaining('CVE-2026-99999'),
      ]) as string[],
    },
    'config-broken': { status: 'failed' },
  },
  actionlint: {
    clean: { status: 'clean' },
    findings: {
      findings: [
        'findings credentials .github/workflows/ci.yml:8',
        'findings expression .github/workflows/ci.yml:11',
        'findings untrusted-input .github/workflows/ci.yml:10',
      ],
    },
    'syntax-error': {
      findings: [expect.stringMatching(/^findings syntax-check \.github\/workflows\/broken\.yml:\d+$/)],
    },
    configured: {
      findings: [
        'findings credentials .github/workflows/ci.yml:8',
        'findings expression .github/workflows/ci.yml:11',
      ],
    },
  },
  'eslint-security': {
    clean: { status: 'clean', filesChecked: 1 },
    findings: {
      findings: [
        'findings detect-child-process web/weak.js:2',
        'findings detect-eval-with-expression web/weak.js:3',
      ],
      messages: said('web/weak.js'),
      filesChecked: 2,
    },
    'syntax-error': { status: 'failed', messages: said('web/broken.js:1') },
    'own-configuration': { status: 'findings' },
    typescript: {
      findings: [
        'findings detect-child-process web/weak.ts:9',
        'findings detect-eval-with-expression web/View.tsx:1',
        'findings detect-eval-with-expression web/weak.ts:11',
      ],
      messages: said('translations/app_de.ts was passed over'),
      filesChecked: 6,
    },
    'broken-typescript': { status: 'failed', messages: said('web/broken.ts:1') },
    'script-and-module': { status: 'clean', filesChecked: 3 },
    'settings-in-comments': {
      findings: [
        'findings detect-child-process web/weak.js:2',
        'findings detect-eval-with-expression web/weak.js:3',
        'findings detect-eval-with-expression web/weak.ts:1',
      ],
      filesChecked: 2,
    },
    'other-rules': { status: 'clean', messages: [] },
  },
}
