import { beforeAll, describe, expect, it } from 'vitest'
import { startOsvServer } from '../../../../scripts/osv-server.ts'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import { casesOf } from '../../../../test/tools/cases.ts'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import type { ToolRunner } from '../../../../test/tools/run-case.ts'
import { openToolRunner, outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { tools } from './index.ts'

const names = ['npm-audit', 'pnpm-audit', 'yarn-audit']
const audits = tools.filter(({ id }) => names.includes(id)).map((tool) => [tool.id, tool] as const)

function caseOf(id: string, name: string): ToolCase {
  const found = casesOf(id).find((each) => each.name === name)
  if (found === undefined) throw new Error(`${id} has no case ${name}`)
  return found
}

let runner: ToolRunner
beforeAll(async () => {
  runner = await openToolRunner()
}, 600_000)

/** So that the tests of it prove something. */
it.each([
  ['pnpm-audit', ['audit', '--json', '--config.fetch-retries=0']],
  ['yarn-audit', ['npm', 'audit', '--json']],
])('%s would run the project that must not be run', async (id, args) => {
  const tool = tools.find((each) => each.id === id)
  if (tool === undefined) throw new Error(`there is no ${id}`)
  const unguarded = { ...tool, invocations: () => [{ args, exitCodes: [0, 1] }] }
  const { contents } = await runner.run(unguarded, caseOf(id, 'hostile'))
  expect(contents['trace.txt']).toBe('run')
})

describe.each(audits)('%s', (id, tool) => {
  /** The recorded output of a clean run, as if the project had these files too. */
  async function withFiles(files: ToolCase['files'], settings: ToolCase['settings'] = {}) {
    const { registry: _, ...rest } = caseOf(id, 'clean')
    const changed = { ...rest, files: { ...rest.files, ...files }, settings }
    const request = requestFor(tool, changed, { top: '', installed: { command: [id], version: '1' } })
    const [recorded] = readRecorded(tool, 'clean')
    const [invocation] = tool.invocations(request)
    if (recorded === undefined || invocation === undefined) throw new Error('nothing recorded')
    return { invocation, result: await tool.parse({ ...recorded, request, invocation }) }
  }

  it('runs nothing of a project that asks for it', async () => {
    const { contents } = await runner.run(tool, caseOf(id, 'hostile'))
    expect(contents['trace.txt']).toBe('not run')
  })

  it('gets nothing of the project but what is locked and asked for', () => {
    const request = requestFor(tool, caseOf(id, 'hostile'), {
      top: '/t',
      installed: { command: [id], version: '1' },
    })
    for (const { cwd, inputs = {} } of tool.invocations(request)) {
      expect(cwd).toMatch(/^\/t\/output\//)
      expect(Object.keys(inputs).every((path) => path.startsWith(`${cwd}/`))).toBe(true)
      expect(Object.values(inputs).join('\n')).not.toMatch(
        /trace|preinstall|packageManager|pnpmfile|yarnPath|plugins|offline|proxy=/,
      )
    }
  })

  it('asks about everything, and about what everybody knows to be vulnerable', async () => {
    const server = await startOsvServer()
    const settings = { 'npm-registry': `${server.url}/` }
    const { request, recordings } = await runner.run(tool, {
      ...caseOf(id, 'clean'),
      registry: undefined,
      settings,
    })
    await server.close()
    expect(server.asked.filter((each) => each.startsWith('POST'))).toEqual([
      'POST /-/npm/v1/security/advisories/bulk',
    ])
    expect(recordings[0]?.stdout).toContain('GHSA-c4w7-xm78-47vh')
    const [recording] = recordings
    const result = recording && (await tool.parse(outputOf(request, recording)))
    expect(result?.findings).toEqual([])
  })

  it('keeps the finding of that package where it is locked', async () => {
    const { files } = caseOf(id, 'findings')
    const locked = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        text.replaceAll('invented-template', 'y18n').replaceAll('2.0.0', '3.2.1'),
      ]),
    )
    const { request, recordings } = await runner.run(tool, {
      name: 'own',
      files: locked,
      registry: 'advisories',
    })
    const [recording] = recordings
    const result = recording && (await tool.parse(outputOf(request, recording)))
    expect(result?.findings.map(({ rule }) => rule)).toEqual(['GHSA-c4w7-xm78-47vh'])
    expect(result?.findings[0]?.location?.line).toBeGreaterThan(1)
  })

  it('names the registry that the project chose, and only that', async () => {
    const file = id === 'yarn-audit' ? '.yarnrc.yml' : '.npmrc'
    const text = (url: string) =>
      id === 'yarn-audit'
        ? `npmRegistryServer: "${url}"\n`
        : `; ours\n//host/:_authToken=x\nregistry = ${url}\n`
    const url = 'https://user:word@mirror.example.test/npm/'
    const { invocation, result } = await withFiles({ [file]: text(url) })
    expect(result.notices).toEqual([
      {
        level: 'warning',
        message: expect.stringMatching(/names the registry https:\/\/mirror\.example\.test\/npm\/,/),
      },
    ])
    expect(JSON.stringify(invocation)).toContain('mirror.example.test/npm')
    expect(JSON.stringify(invocation)).not.toMatch(/word|_authToken/)

    const standard = ['https://registry', 'npmjs', 'org/'].join('.')
    expect((await withFiles({ [file]: text(standard) })).result.notices).toEqual([])

    const chosen = await withFiles({ [file]: text(url) }, { 'npm-registry': 'https://ours.example.test/' })
    expect(chosen.result.notices).toEqual([])
    expect(JSON.stringify(chosen.invocation)).toContain('ours.example.test')
    expect(JSON.stringify(chosen.invocation)).not.toContain('mirror.example.test')

    for (const wrong of ['${NPM_MIRROR}', 'file:///etc', 'mirror'])
      await expect(withFiles({ [file]: text(wrong) })).rejects.toThrow(/npm_config_registry/)
  })

  it('asks nobody offline', () => {
    const toolCase = { ...caseOf(id, 'clean'), settings: { offline: true } }
    const request = requestFor(tool, toolCase, { top: '/t', installed: { command: [id], version: '1' } })
    expect(() => tool.invocations(request)).toThrow(/`offline` forbids/)
  })

  it('fails where its lock cannot be read', async () => {
    const [output] = readRecorded(tool, 'clean')
    if (output === undefined) throw new Error('nothing recorded')
    const project = { ...output.request.project, texts: new Map<string, string>() }
    await expect(tool.parse({ ...output, request: { ...output.request, project } })).rejects.toThrow(
      /cannot be read, or is too large/,
    )
  })

  it('leaves what is installed alone', () => {
    const request = requestFor(
      tool,
      { name: 'x', files: { 'node_modules/a/package-lock.json': '{}', 'node_modules/a/yarn.lock': '' } },
      { top: '/t', installed: { command: [id], version: '1' } },
    )
    expect(tool.applies(request.project)).toMatchObject({ runs: false, status: 'not-applicable' })
  })
})
