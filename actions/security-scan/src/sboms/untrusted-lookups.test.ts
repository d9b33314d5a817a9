import type { Tool, ToolRequest } from '@ci-actions/shared'
import { ToolOutputError, UnavailableError } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toolText } from '../../../../test/tools/run-case.ts'
import { projectOf } from '../test/sample-project.ts'
import type { Sbom } from './sbom-file.ts'
import { sbomOsvScanner } from './sbom-osv-scanner.ts'
import { sbomPipAudit } from './sbom-pip-audit.ts'

const sbom: Sbom = {
  path: 'released/sbom.json',
  components: ['a', 'b'].map((name) => ({
    purl: `pkg:pypi/${name}@1.0`,
    dependency: { ecosystem: 'pypi', name, version: '1.0' },
  })),
  unnamed: [],
}

const request: ToolRequest = {
  project: projectOf([]),
  files: [sbom.path],
  command: ['tool'],
  version: '1',
  cacheFolder: '/cache',
  outputFolder: '/output',
  args: [],
  cores: 1,
  fix: false,
  settings: {},
}

const audited = (...names: readonly string[]) =>
  JSON.stringify({ dependencies: names.map((name) => ({ name, version: '1.0', vulns: [] })), fixes: [] })
const listed = (...names: readonly string[]) =>
  JSON.stringify({
    results: [
      {
        source: { path: '/output/sbom-0.cdx.json', type: 'sbom' },
        packages: names.map((name) => ({ package: { name, version: '1.0', ecosystem: 'PyPI' } })),
      },
    ],
  })

/** What comes of the first command of a tool that printed this. */
async function outcome(tool: Tool, exitCode: number, stdout: string): Promise<string> {
  const [invocation] = tool.invocations(request)
  if (invocation === undefined) throw new Error('no command')
  try {
    const output = {
      request,
      invocation,
      exitCode,
      stdout: toolText(stdout),
      stderr: toolText(''),
      files: {},
    }
    const { findings, notices = [] } = await tool.parse(output)
    return findings.length > 0 ? 'findings' : (notices[0]?.level ?? 'clean')
  } catch (error) {
    if (!(error instanceof UnavailableError)) expect(error).toBeInstanceOf(ToolOutputError)
    return 'failed'
  }
}

describe.each([
  ['pip-audit', sbomPipAudit([sbom], { alone: true }), audited, [0, 1]],
  ['osv-scanner', sbomOsvScanner([sbom]), listed, [0, 1, 127, 128]],
] as const)('%s, on a bill of materials', (_, tool, report, codes) => {
  it('is clean where it looked at all of it', async () => {
    expect(await outcome(tool, 0, report('a', 'b'))).toBe('clean')
  })

  it.each(codes.filter((code) => code !== 0))('is not with the exit code %i', async (code) => {
    expect(await outcome(tool, code, report('a', 'b'))).toBe('failed')
  })

  it('is not where it left out something', async () => {
    expect(['failed', 'warning']).toContain(await outcome(tool, 0, report('a')))
    expect(['failed', 'warning']).toContain(await outcome(tool, 0, report()))
  })

  it.each(['', '{', '[]', '{}', 'null', '<html>Bad gateway</html>', 'Traceback:\n  boom\n'])(
    'is not with %j',
    async (garbage) => {
      for (const code of codes) expect(await outcome(tool, code, garbage)).toBe('failed')
    },
  )

  it('is not where the output was cut off', async () => {
    const whole = report('a', 'b')
    const neverClean = fc.asyncProperty(fc.nat(whole.length - 1), async (end) => {
      expect(await outcome(tool, 0, whole.slice(0, end))).toBe('failed')
    })
    await fc.assert(neverClean, { numRuns: 30 })
  })
})
