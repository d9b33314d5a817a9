/** Safety really run, against a stand-in for its service and with a database of invented advisories. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ToolSettings } from '@ci-actions/shared'
import { messageOf } from '@ci-actions/shared'
import { beforeAll, describe, expect, it } from 'vitest'
import { scratchFolder } from '../../../../packages/shared/src/git/test/scratch.ts'
import type { ToolRunner } from '../../../../test/tools/run-case.ts'
import { openToolRunner, outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import {
  startSafetyService,
  writeSafetyDatabase,
  writeSafetySettings,
} from '../../../../test/tools/safety-service.ts'
import { safety } from './safety.ts'

let runner: ToolRunner
beforeAll(async () => {
  runner = await openToolRunner()
  await runner.install(safety)
}, 600_000)

const files = {
  'requirements.txt': '# ours\nInvented_Parser==1.4.0\ninvented-http==3.0.1\n',
}

interface Asked {
  readonly settings?: ToolSettings
  readonly schema?: string
  readonly key?: string
  readonly status?: number
  readonly stopped?: boolean
  readonly files?: Readonly<Record<string, string>>
}

async function run({ settings = {}, schema, key = '', status, stopped = false, ...asked }: Asked) {
  const top = scratchFolder()
  const installed = await runner.install(safety)
  const toolCase = { name: 'x', files: asked.files ?? files, settings }
  const own = { ...settings, ...(schema !== undefined && { 'safety-database': join(top, 'database') }) }
  const request = { ...requestFor(safety, toolCase, { top, installed }), settings: own }
  for (const folder of [request.project.root, request.outputFolder]) mkdirSync(folder, { recursive: true })
  for (const [path, text] of Object.entries(toolCase.files))
    writeFileSync(join(request.project.root, path), text)
  if (schema !== undefined) writeSafetyDatabase(join(top, 'database'), schema)
  const service = await startSafetyService(status)
  writeSafetySettings(request.outputFolder, service.url)
  if (stopped) await service.close()
  const [invocation] = safety.invocations(request)
  if (invocation === undefined) throw new Error('nothing is run')
  for (const [path, text] of Object.entries(invocation.inputs ?? {})) writeFileSync(path, text)
  const ended = await new Promise<{ exitCode: number; stdout: string; stderr: string }>((done) => {
    const [command = '', ...leading] = installed.command
    const env = { ...process.env, SAFETY_API_KEY: key, ...invocation.env }
    const options = { cwd: request.project.root, env }
    execFile(command, [...leading, ...invocation.args], options, (error, stdout, stderr) =>
      done({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
  if (!stopped) await service.close()
  const report = readIfThere(invocation.outputs?.['report'])
  expect(invocation.exitCodes).toContain(ended.exitCode)
  const output = outputOf(request, { invocation, ...ended, files: report === undefined ? {} : { report } })
  const failed = (error: unknown) => ({ error: messageOf(error), findings: [] })
  const result = await Promise.resolve(safety.parse(output)).catch(failed)
  return { asked: service.asked, ...result }
}

function readIfThere(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const login = ['HEAD /.well-known/openid-configuration', 'GET /.well-known/openid-configuration', 'GET /keys']

describe('with a database of the user', () => {
  it('finds what is in it, and asks nobody about packages, also where there is a key', async () => {
    for (const key of ['', 'invented-key']) {
      const { findings, asked } = await run({ schema: '2.0.0', key })
      expect(asked).toEqual(login)
      expect(findings).toMatchObject([
        {
          rule: 'CVE-2026-90001',
          location: { path: 'requirements.txt', line: 2 },
          security: {
            ids: ['SFTY-90001', 'CVE-2026-90001'],
            dependency: { name: 'invented-parser', version: '1.4.0', direct: true },
            fixedVersions: ['1.4.2'],
          },
        },
      ])
      expect(findings[0]?.security?.claims).toContainEqual(expect.objectContaining({ severity: 'critical' }))
    }
  })

  it('is clean where nothing is wrong', async () => {
    const result = await run({ schema: '2.0.0', files: { 'requirements.txt': 'invented-parser==1.4.2\n' } })
    expect(result).toMatchObject({ findings: [] })
    expect(result).not.toHaveProperty('error')
  })

  it('fails where it is of another form', async () => {
    const { error } = { error: '', ...(await run({ schema: '1.0' })) }
    expect(error).toMatch(/`safety-database` names is no database [\s\S]* schema version/)
  })

  it('is unavailable where its login service is', async () => {
    const { error } = { error: '', ...(await run({ schema: '2.0.0', stopped: true })) }
    expect(error).toMatch(/^Safety's service: httpx\.ConnectError/)
  })
})

describe('with a key', () => {
  const withKey = { settings: { 'safety-key': true }, key: 'invented-key' }

  it('asks its service, which gets no packages', async () => {
    const { findings, asked } = await run(withKey)
    expect(findings).toMatchObject([{ rule: 'SFTY-90001', security: { fixedVersions: ['1.4.2'] } }])
    expect(findings[0]?.location?.path).toMatch(/requirements\.txt$/)
    expect(asked).toContain('GET /data/insecure.json')
  })

  it.each([
    [403, /key in SAFETY_API_KEY is refused/],
    [429, /too many requests/],
    [500, /Safety stopped/],
    [404, /Safety stopped/],
  ])('fails where that answers %i', async (status, message) => {
    const { error } = { error: '', ...(await run({ ...withKey, status })) }
    expect(error).toMatch(message)
  })

  it('is unavailable where that is', async () => {
    const { error } = { error: '', ...(await run({ ...withKey, stopped: true })) }
    expect(error).toMatch(/^Safety's service: /)
  })
})
