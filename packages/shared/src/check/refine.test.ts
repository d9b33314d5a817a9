import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commitTree, git, scratchRepository } from '../git/test/scratch.ts'
import type { Tool } from '../tool/tool.ts'
import type { ComparedOutcome } from './comparison.ts'
import { check, lineTool } from './test/stage.ts'

const secret = 'hunter2-of-ours'

/** Prints the secret after a while; `knows`: that it is one. */
function leakTool(id: string, knows: boolean, waitMs: number): Tool {
  const print = `setTimeout(() => console.log('${secret}'), ${waitMs})`
  return lineTool(id, {
    metrics: ['errors'],
    scope: 'project',
    invocations: () => [{ args: ['-e', print], exitCodes: [0] }],
    parse: async ({ stdout }) => ({
      findings: [
        {
          rule: id,
          level: 'error',
          message: `there is ${(await stdout.text()).trim()}`,
          metric: 'errors',
          ...(knows && { security: { kind: 'secret', claims: [], secret: { value: secret } } }),
        },
      ],
    }),
  })
}

function allText(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

describe('a secret that a tool finds', () => {
  test('is nowhere in what is written, although another tool printed it before', async () => {
    const folder = scratchRepository({ 'a.py': '' })
    const tools = [leakTool('early', false, 0), leakTool('finder', true, 300)]
    const run = await check(folder, {}, { tools })
    const written = allText(resolve(folder, run.report.reportFolder ?? '')) + run.host.recorded.log()
    expect(run.report.tools.map(({ status }) => status)).toEqual(['findings', 'findings'])
    expect(written).toContain('there is ***')
    expect(written).not.toContain(secret)
  })

  test('is the same one for two tools of a run', async () => {
    let digests: readonly unknown[] = []
    const refine = (compared: readonly ComparedOutcome[]) => {
      digests = compared.flatMap(({ part }) => part.findings.map(({ security }) => security?.secretDigest))
      return { compared, notices: [], loosened: [] }
    }
    const tools = [leakTool('one', true, 0), leakTool('other', true, 0)]
    const folder = scratchRepository({ 'a.py': '' })
    await check(folder, {}, { tools, definition: { secretKey: 'key', refine } })
    expect(digests).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), digests[0]])
  })
})

describe('what an action makes of the findings of all tools', () => {
  test('is what counts, and is said', async () => {
    const refine = (compared: readonly ComparedOutcome[]) => ({
      compared: compared.map((each) => ({ ...each, part: { ...each.part, findings: [] } })),
      notices: ['All of it was nothing.'],
      loosened: ['Nothing counts.'],
    })
    const folder = scratchRepository({ 'a.py': 'bad\nbad\nbad' })
    expect((await check(folder)).verdict).toBe('failed')
    const run = await check(folder, {}, { definition: { refine } })
    expect(run.verdict).toBe('passed')
    expect(run.report).toMatchObject({ findings: [], loosened: ['Nothing counts.'] })
    expect(run.said).toContain('All of it was nothing.')
  })
})

describe('a check of any files', () => {
  const docker = lineTool('docker', {
    applies: ({ files }) => ({ runs: true, files: files.filter((file) => file.endsWith('Dockerfile')) }),
  })
  const options = { tools: [docker], definition: { looksAt: 'files' } } as const

  test('needs no Python file', async () => {
    const folder = scratchRepository({ Dockerfile: 'bad' })
    expect(await check(folder, {}, { tools: [docker] })).toMatchObject({ verdict: 'error' })
    expect(await check(folder, {}, options)).toMatchObject({ verdict: 'passed' })
  })

  test('knows which findings in them are new', async () => {
    const folder = scratchRepository({ Dockerfile: 'bad', 'a/Dockerfile': 'bad\nbad' })
    git(folder, 'checkout', '-q', '-b', 'change')
    commitTree(folder, { Dockerfile: 'bad\nbad 2' })
    const run = await check(folder, { base: 'main' }, options)
    const states = run.report.findings.map(({ location, state }) => `${location?.path} ${state}`)
    expect(states.toSorted()).toEqual([
      'Dockerfile new',
      'Dockerfile unchanged',
      'a/Dockerfile unchanged',
      'a/Dockerfile unchanged',
    ])
  })
})
