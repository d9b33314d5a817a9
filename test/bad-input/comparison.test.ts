/** What a run is compared with cannot be had: what is new is then not known, and not zero. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  commitTree,
  event,
  git,
  scratchFolder,
  scratchRepository,
  writeTree,
} from '../../packages/shared/src/git/test/scratch.ts'
import { clean, expectNotGreen, useGate } from './gate-run.ts'

const run = useGate()
const wrong = { 'app/wrong.py': '"""Wrong."""\n\nX = undefined_name\n' }
const inputs = { tools: 'ruff', scope: 'new' }

function pushed(folder: string, before: string) {
  const payload = { before, ref: 'refs/heads/main', repository: { default_branch: 'main' } }
  return { event: event('push', { sha: git(folder, 'rev-parse', 'HEAD'), payload }) }
}

describe('without git', () => {
  test('the state is judged, and says that nothing is known of the base', async () => {
    const folder = scratchFolder()
    writeTree(folder, clean)
    const end = await run(folder, { tools: 'ruff' })
    expect(end.verdict, end.said).toBe('passed')
    expect(end.report.base?.message).toMatch(/no git repository/)
    writeTree(folder, { 'app/broken.py': 'def broken(:\n' })
    expectNotGreen(await run(folder, { tools: 'ruff' }), /`syntax-errors` is 1/)
  })

  test('what is new is not known', async () => {
    const folder = scratchFolder()
    writeTree(folder, { ...clean, ...wrong })
    const end = await run(folder, inputs)
    expectNotGreen(end, /`new.lint-errors` was not measured.*no git repository/)
    expect(end.verdict).toBe('incomplete')
  })
})

describe('`scope: new`', () => {
  test('with a wanted base that there is not', async () => {
    const end = await run(scratchRepository({ ...clean, ...wrong }), { ...inputs, base: 'no-such-branch' })
    expectNotGreen(end, /`new.lint-errors` was not measured.*`no-such-branch`/)
  })

  test('where no branch can be the base', async () => {
    const folder = scratchRepository({ ...clean, ...wrong })
    for (const args of [
      ['checkout', '-qb', 'topic'],
      ['branch', 'other'],
      ['branch', '-qD', 'main'],
    ])
      git(folder, ...args)
    expectNotGreen(await run(folder, inputs), /was not measured.*`--base`/)
  })

  test('in a shallow clone whose base cannot be fetched', async () => {
    const origin = scratchRepository(clean)
    const before = git(origin, 'rev-parse', 'HEAD')
    commitTree(origin, wrong)
    const clone = join(scratchFolder(), 'clone')
    git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone)
    const end = await run(clone, { ...inputs, offline: 'true' }, pushed(clone, before))
    expectNotGreen(end, /was not measured.*`fetch-depth: 0`/)
  })

  test('in a shallow clone fetches the one commit that it needs', async () => {
    const origin = scratchRepository(clean)
    git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
    const before = git(origin, 'rev-parse', 'HEAD')
    commitTree(origin, wrong)
    const clone = join(scratchFolder(), 'clone')
    git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone)
    const end = await run(clone, { ...inputs, gate: 'new.lint-errors == 0' }, pushed(clone, before))
    expectNotGreen(end, /`new.lint-errors` is 1, must be 0/)
  })

  test('on the first push of the default branch counts nothing, and says so at each rule', async () => {
    const folder = scratchRepository({ ...clean, ...wrong })
    const end = await run(folder, inputs, pushed(folder, '0'.repeat(40)))
    const judged = end.report.rules.filter(({ outcome }) => outcome !== 'left-out')
    expect(judged.map(({ rule, outcome }) => [rule.text, outcome])).toEqual([
      ['new.syntax-errors == 0', 'no-base'],
      ['new.lint-errors < 10', 'no-base'],
      ['delta.score >= 0', 'no-base'],
      ['tools-failed == 0', 'passed'],
    ])
    expect(end.report.rules[0]?.message).toMatch(/counts from the next run on/)
    expect(end.report.findings.map(({ state }) => state)).toEqual(['unknown'])
    const strict = { ...inputs, gate: 'lint-errors == 0' }
    expectNotGreen(await run(folder, strict, pushed(folder, '0'.repeat(40))), /`lint-errors` is 1, must be 0/)
  })

  test('on the first push of another branch counts what the branch brought', async () => {
    const origin = scratchRepository(clean)
    const folder = join(scratchFolder(), 'clone')
    git(origin, 'clone', '--quiet', `file://${origin}`, folder)
    git(folder, 'checkout', '--quiet', '-b', 'topic')
    commitTree(folder, wrong)
    const payload = { before: '0'.repeat(40), repository: { default_branch: 'main' } }
    const first = event('push', { sha: git(folder, 'rev-parse', 'HEAD'), ref: 'refs/heads/topic', payload })
    const end = await run(folder, { ...inputs, gate: 'new.lint-errors == 0' }, { event: first })
    expectNotGreen(end, /`new.lint-errors` is 1, must be 0/)
  })

  test('before the first commit counts nothing that is not known', async () => {
    const folder = scratchFolder()
    git(folder, 'init', '--quiet')
    writeTree(folder, clean)
    writeFileSync(join(folder, 'app/broken.py'), 'def broken(:\n')
    const end = await run(folder, { tools: 'ruff' })
    expectNotGreen(end, /`syntax-errors` is 1/)
  })
})
