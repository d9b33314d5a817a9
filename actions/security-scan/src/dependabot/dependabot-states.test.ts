import { expect, it } from 'vitest'
import { commitTree, git, scratchRepository } from '../../../../packages/shared/src/git/test/scratch.ts'
import { scanWhole } from '../test/whole-scan.ts'

const configuration =
  'version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /\n    schedule:\n      interval: weekly\n'
const path = '.github/dependabot.yml'

/** Rules of the check with their states, after `change`; a text that is empty takes the file away. */
async function states(before: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>) {
  const folder = scratchRepository({ 'README.md': 'Orders\n', ...before })
  const base = git(folder, 'rev-parse', 'HEAD')
  const gone = Object.keys(change).filter((each) => change[each] === '')
  if (gone.length > 0) git(folder, 'rm', '--quiet', ...gone)
  commitTree(folder, Object.fromEntries(Object.entries(change).filter(([, text]) => text !== '')))
  const { report } = await scanWhole(folder, { base, tools: 'actionlint', history: 'off' })
  return report.findings.map(({ rule, state }) => `${rule} ${state}`)
}

it.each([
  ['was missing before', { 'uv.lock': '' }, { 'a.py': 'x = 1\n' }, ['dependabot-missing unchanged']],
  ['is wanted since now', {}, { 'uv.lock': 'version = 1\n' }, ['dependabot-missing new']],
  [
    'is taken away',
    { Dockerfile: 'FROM scratch\n', [path]: configuration },
    { [path]: '', 'a.py': '#\n' },
    ['dependabot-missing new'],
  ],
  [
    'lacks what is there since now, beside what it lacked',
    { Dockerfile: 'FROM scratch\n', 'uv.lock': 'version = 1\n', [path]: configuration },
    { 'infra/main.tf': 'terraform {}\n', [path]: `${configuration}# more\n` },
    ['dependabot-missing-ecosystem new', 'dependabot-missing-ecosystem unchanged'],
  ],
])('a configuration that %s', async (_, before, change, expected) => {
  expect((await states(before, change)).toSorted()).toEqual(expected)
})
