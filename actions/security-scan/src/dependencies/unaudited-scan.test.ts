/** The action as a whole where nobody looks at what a file asks for: nothing is started for these scanners. */
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scratchFolder, scratchRepository } from '../../../../packages/shared/src/git/test/scratch.ts'
import { scanWhole } from '../test/whole-scan.ts'

async function whyFailed(files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) {
  const folder = scratchRepository({ 'README.md': 'x\n', ...files })
  const outside = join(scratchFolder(), 'list.txt')
  writeFileSync(outside, 'a==1\n')
  symlinkSync(outside, join(folder, 'requirements.txt'))
  const { report } = await scanWhole(folder, {
    gate: 'tools-failed == 0',
    history: 'off',
    offline: 'true',
    ...inputs,
  })
  const hygiene = report.tools.find(({ id }) => id === 'dependency-hygiene')
  return {
    verdict: report.verdict,
    status: hygiene?.status,
    why: hygiene?.why ?? '',
    notices: report.notices,
  }
}

it.each([
  ['package.json', { 'package.json': '{"dependencies": {"a": "1"}}' }, 'npm-audit'],
  ['pyproject.toml', { 'pyproject.toml': '[project]\ndependencies = ["a"]\n' }, 'osv-scanner'],
  ['requirements.txt', {}, 'osv-scanner'],
])('is red by the name of %s', async (path, files, tools) => {
  const { verdict, status, why, notices } = await whyFailed(files, { tools })
  expect([verdict, status]).toEqual(['failed', 'failed'])
  expect(why).toMatch(new RegExp(`^Nobody audited .*${path.replace('.', '\\.')}`, 'm'))
  expect(notices.join('\n')).toMatch(/1 link not followed, .*: requirements\.txt/)
})

it('is accepted with `exclude`', async () => {
  const files = { 'package.json': '{"dependencies": {"a": "1"}}' }
  const { status, notices } = await whyFailed(files, {
    tools: 'npm-audit',
    exclude: 'package.json\nrequirements.txt',
  })
  expect(status).toBe('not-applicable')
  expect(notices.join('\n')).not.toMatch(/link/)
})
