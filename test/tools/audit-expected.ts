/** What the cases of audit-cases.ts come to; see expected.ts. Written by hand from what is planted there. */
import { expect } from 'vitest'
import { said } from './said.ts'
import type { Summary } from './summary.ts'

type Expected = Partial<Summary>

/** `place`: lock file and line on which the package with the advisory begins. */
function forAll(place: string, unused: string): Readonly<Record<string, Expected>> {
  const found = { findings: [`findings GHSA-2345-6789-cfgh ${place}`], filesChecked: 1 }
  const failed = (...texts: readonly string[]): Expected => ({
    status: 'failed',
    messages: expect.arrayContaining(texts.map((text) => expect.stringContaining(text))) as string[],
    findings: [],
  })
  return {
    clean: { status: 'clean', messages: [], filesChecked: 1 },
    findings: { ...found, status: 'findings', messages: [] },
    unavailable: failed('npm registry'),
    'registry-unknown': failed('it knows no audits'),
    'registry-retired': failed('it answered 410, so it knows no audits'),
    'registry-ignorant': failed('does not know that y18n 3.2.1 is vulnerable'),
    'registry-list': failed('npm registry'),
    'registry-blank': failed('npm registry'),
    'registry-page': {
      status: 'failed',
      messages: [expect.stringMatching(/its answer is no JSON(?!.*do not repeat this)/s)] as string[],
    },
    'registry-error': failed('it answered 503'),
    'registry-named': failed('http://127.0.0.1:1/mirror/'),
    'broken-lock': failed('audited nothing'),
    'stale-lock': failed('invented-other'),
    hostile: { ...found, status: 'findings', messages: said(unused) },
    'other-version': { ...found, status: 'findings' },
    development: found,
  }
}

const pnpmFound = (line: number): Expected => ({
  status: 'findings',
  findings: [`findings GHSA-2345-6789-cfgh pnpm-lock.yaml:${line}`],
})
const yarnFound = (line: number): Expected => ({
  status: 'findings',
  findings: [`findings GHSA-2345-6789-cfgh yarn.lock:${line}`],
})
const empty: Expected = { status: 'clean', messages: said('There are no packages') }

export const auditExpected: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  'npm-audit': forAll('package-lock.json:20', '`audit-level` in .npmrc'),
  'pnpm-audit': {
    ...forAll('pnpm-lock.yaml:16', '`auditConfig`'),
    'version-6': pnpmFound(17),
    // Its entries have no line that is looked for.
    'version-5': { status: 'findings', findings: ['findings GHSA-2345-6789-cfgh pnpm-lock.yaml'] },
    'version-11': pnpmFound(29),
    'nothing-locked': empty,
  },
  'yarn-audit': {
    ...forAll('yarn.lock:15', '`npmAuditIgnoreAdvisories` in .yarnrc.yml'),
    classic: yarnFound(11),
    'version-4': yarnFound(15),
    'nothing-locked': empty,
  },
}
