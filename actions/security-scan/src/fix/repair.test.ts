import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { git, scratchRepository } from '../../../../packages/shared/src/git/test/scratch.ts'
import { repairBlocks } from './repair-blocks.ts'
import type { RepairRun } from './test/repair-stage.ts'
import { pinScanner, runRepair } from './test/repair-stage.ts'

const onRunner = { facts: { kind: 'github' } } as const

function whys({ repair }: RepairRun): readonly string[] {
  return repair.unfixed.map(({ need, why }) => `${need.name}: ${why}`)
}

function steps({ repair }: RepairRun): readonly string[] {
  return repair.fixed.map(
    ({ upgrade }) => `${upgrade.name} ${upgrade.from} → ${upgrade.to}: ${upgrade.clears.join(' ')}`,
  )
}

describe('an upgrade', () => {
  const files = { 'requirements.txt': '# ours\nsafe==1.0\nparser==1.3.0 ; python_version > "3"  # keep\n' }
  const known = [
    { id: 'CVE-2026-1', name: 'parser', fixed: '1.4.2' },
    { id: 'CVE-2026-2', name: 'parser', fixed: '1.4' },
  ]

  it('clears all that is known about a package, with the smallest version that does', async () => {
    const run = await runRepair(files, known)
    expect(steps(run)).toEqual(['parser 1.3.0 → 1.4.2: CVE-2026-1 CVE-2026-2'])
    expect(run.repair.unfixed).toEqual([])
    expect(run.read('requirements.txt')).toBe(files['requirements.txt'].replace('1.3.0', '1.4.2'))
    expect(run.report.notices.join()).toContain('1 upgrade was written to `requirements.txt`.')
  })

  it('is a patch that git applies, and in a workflow nothing else', async () => {
    const run = await runRepair(files, known, onRunner)
    expect(run.read('requirements.txt')).toBe(files['requirements.txt'])
    expect(Object.keys(run.repair.patches)).toEqual(['fixes/requirements.txt.patch'])
    const clone = scratchRepository(files)
    writeFileSync(join(clone, 'x.patch'), run.repair.patches['fixes/requirements.txt.patch'] ?? '')
    git(clone, 'apply', '--index', 'x.patch')
    expect(git(clone, 'diff', '--cached', '--numstat').trim()).toBe('1\t1\trequirements.txt')
  })

  const login = '--extra-index-url https://ada:hunter2-of-ada@index.example/simple\n'

  it('is a patch that git applies, also where a secret is near, which it does not show', async () => {
    const near = { 'requirements.txt': `${login}# ours\nparser==1.3.0\n` }
    const run = await runRepair(near, known, onRunner)
    const patch = run.repair.patches['fixes/requirements.txt.patch'] ?? ''
    expect(patch).not.toContain('ada')
    const clone = scratchRepository(near)
    writeFileSync(join(clone, 'x.patch'), patch)
    git(clone, 'apply', '--index', 'x.patch')
  })

  it('has no patch where it would show a secret, and says so', async () => {
    const run = await runRepair({ 'requirements.txt': `${login}parser==1.3.0\n` }, known, onRunner)
    expect(steps(run)).toHaveLength(1)
    expect(run.repair.patches).toEqual({})
    expect(run.report.notices.join()).toMatch(/no patch for `requirements\.txt`.*--fix` on a laptop/)
    expect(JSON.stringify(run.report.blocks)).not.toContain('git apply')
  })

  it('leaves no copy behind, since settings in it may hold credentials', async () => {
    const run = await runRepair({ ...files, '.npmrc': '//x/:_authToken=y\n' }, known)
    expect(run.leftBehind).toEqual([])
  })

  it('is told with the step that it takes', async () => {
    const run = await runRepair(files, known, onRunner)
    const said = JSON.stringify(run.report.blocks)
    expect(said).toContain('Patch in the report folder: `fixes/requirements.txt.patch`')
    expect(said).toContain('Fixes: 1 upgrade proved by scanning again with pins')
  })
})

describe('proof', () => {
  const pinned = { 'requirements.txt': 'a==1.0\nb==1.0\n' }

  it('is a scan: what an advisory says is not enough', async () => {
    const run = await runRepair(pinned, [{ id: 'CVE-1', name: 'a', fixed: '9', says: ['2.0'] }])
    expect(run.repair.fixed).toEqual([])
    expect(whys(run)).toEqual(['a: a 2.0 still has CVE-1.'])
    expect(run.repair.patches).toEqual({})
    expect(run.read('requirements.txt')).toBe(pinned['requirements.txt'])
  })

  it('goes on to the next line of releases where the first does not do', async () => {
    const known = [
      { id: 'CVE-1', name: 'a', fixed: '2.0.2', says: ['1.5', '2.0.2'] },
      { id: 'CVE-2', name: 'a', fixed: '2.0.1' },
    ]
    expect(steps(await runRepair(pinned, known))).toEqual(['a 1.0 → 2.0.2: CVE-1 CVE-2'])
  })

  it('goes on where the new version has a vulnerability of its own', async () => {
    const known = [
      { id: 'CVE-1', name: 'a', fixed: '1.5' },
      { id: 'CVE-9', name: 'a', from: '1.5', fixed: '1.6' },
    ]
    expect(steps(await runRepair(pinned, known))).toEqual(['a 1.0 → 1.6: CVE-1'])
  })

  it('gives up where that has no fix, and keeps what is proved', async () => {
    const known = [
      { id: 'CVE-1', name: 'a', fixed: '1.5' },
      { id: 'CVE-9', name: 'a', from: '1.5' },
      { id: 'CVE-2', name: 'b', fixed: '1.1' },
    ]
    const run = await runRepair(pinned, known)
    expect(steps(run)).toEqual(['b 1.0 → 1.1: CVE-2'])
    expect(whys(run)).toEqual(['a: a 1.5 still has CVE-9.'])
    expect(run.read('requirements.txt')).toBe('a==1.0\nb==1.1\n')
  })

  it('is asked of all scanners: one that knows more decides', async () => {
    const scanners = [
      pinScanner('first', [{ id: 'CVE-1', name: 'a', fixed: '1.5' }]),
      pinScanner('second', [{ id: 'CVE-1', name: 'a', fixed: '1.7' }]),
    ]
    const run = await runRepair(pinned, [], { scanners })
    expect(steps(run)).toEqual(['a 1.0 → 1.7: CVE-1'])
    expect(JSON.stringify(run.report.blocks)).toContain('proved by scanning again with first, second')
  })

  it('names what has no fix and stays', async () => {
    const known = [
      { id: 'CVE-1', name: 'a', fixed: '1.5' },
      { id: 'CVE-2', name: 'a' },
    ]
    const run = await runRepair(pinned, known)
    expect(steps(run)).toEqual(['a 1.0 → 1.5: CVE-1'])
    expect(JSON.stringify(run.report.blocks)).toContain('CVE-1; no fix is known for CVE-2')
  })

  it('fails with the scanner', async () => {
    const known = [{ id: 'CVE-1', name: 'a', fixed: '1.5' }]
    const scanner = pinScanner('pins', known)
    let runs = 0
    const once = {
      ...scanner,
      parse: (output: Parameters<typeof scanner.parse>[0]) => {
        runs += 1
        if (runs > 1) throw new Error('the database is gone')
        return scanner.parse(output)
      },
    }
    const run = await runRepair(pinned, [], { scanners: [once] })
    expect(run.repair.fixed).toEqual([])
    expect(whys(run)).toEqual([
      expect.stringMatching(/^a: It could not be proved\. pins did not get through/),
    ])
  })
})

describe('what is not fixed', () => {
  it.each([
    [
      'no version is known',
      { 'requirements.txt': 'a==1.0\n' },
      [{ id: 'CVE-1', name: 'a' }],
      /No version without it is known/,
    ],
    [
      'a program wrote the file and there is no network',
      { 'requirements.txt': 'a==1.0\\\n  --hash=sha256:00\n', 'requirements.in': 'a\n' },
      [{ id: 'CVE-1', name: 'a', fixed: '1.5' }],
      /needs the network that `offline` forbids/,
    ],
    [
      'nobody knows how the file was written',
      { 'requirements.txt': 'a==1.0\\\n  --hash=sha256:00\n' },
      [{ id: 'CVE-1', name: 'a', fixed: '1.5' }],
      /does not say what it is made from/,
    ],
  ])('because %s is said', async (_, files, known, why) => {
    const run = await runRepair(files, known)
    expect(run.repair.fixed).toEqual([])
    expect(whys(run)).toEqual([expect.stringMatching(why)])
    expect(titles(repairBlocks(run.repair))).toEqual(['Fixes: none proved, 1 not possible'])
  })

  it('is a file that somebody changed meanwhile; the patch is there', async () => {
    const meanwhile = (folder: string) => writeFileSync(join(folder, 'requirements.txt'), 'a==1.0\n# mine\n')
    const run = await runRepair(
      { 'requirements.txt': 'a==1.0\n' },
      [{ id: 'CVE-1', name: 'a', fixed: '1.5' }],
      {
        meanwhile,
      },
    )
    expect(run.repair.fixed).toHaveLength(1)
    expect(run.read('requirements.txt')).toContain('# mine')
  })

  it('says nothing where nothing was found', async () => {
    const run = await runRepair({ 'requirements.txt': 'a==1.0\n' }, [])
    expect(repairBlocks(run.repair)).toEqual([])
    expect(run.repair.patches).toEqual({})
  })
})

function titles(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => (block.kind === 'details' ? [block.title] : []))
}
