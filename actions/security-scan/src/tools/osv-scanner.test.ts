import { ToolOutputError, UnavailableError } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { osvScanner } from './osv-scanner.ts'

function requestOf(files: ToolCase['files'], settings: ToolCase['settings'] = {}) {
  const installed = { command: ['osv-scanner'], version: '2.5.1' }
  return requestFor(osvScanner, { name: 'x', files, settings }, { top: '', installed })
}

const download = '--download-offline-databases'

const argumentsOf = (...args: Parameters<typeof requestOf>) => osvScanner.invocations(requestOf(...args))[0]

async function parse(
  files: ToolCase['files'],
  ended: { exitCode: number; stdout?: string; stderr?: string },
) {
  const request = requestOf(files)
  const [invocation] = osvScanner.invocations(request)
  if (invocation === undefined) throw new Error('nothing is run')
  return osvScanner.parse(outputOf(request, { invocation, stdout: '', stderr: '', files: {}, ...ended }))
}

it('looks at lock files of any language in any folder, and at what is pinned', () => {
  const files = {
    'uv.lock': 'version = 1\n',
    'web/pnpm-lock.yaml': 'x',
    'tool/go.mod': 'x',
    'a/b/requirements-dev.txt': 'x',
    'web/package.json': '{}',
    'constraints.txt': 'x',
    'notes.txt': 'x',
  }
  const applicability = osvScanner.applies(requestOf(files).project)
  expect(applicability).toMatchObject({
    files: ['a/b/requirements-dev.txt', 'tool/go.mod', 'uv.lock', 'web/pnpm-lock.yaml'],
  })
})

it('looks at lists under other names, and reads them as requirements', () => {
  const files = { 'dev-requirements.txt': 'a==1\n', 'svc/requirements.in': 'a==1\n', 'notes.txt': 'x' }
  expect(argumentsOf(files)?.args.slice(-4)).toEqual([
    ...['-L', 'requirements.txt:dev-requirements.txt', '-L', 'requirements.txt:svc/requirements.in'],
  ])
})

it.each(['svc/requirements.txt', 'docs/requirements.txt', 'requirements/base.txt'])(
  'makes no finding of a version that nobody asked for in %s, and names the package',
  async (path) => {
    const packages = ['a', 'b'].map((name) => ({
      package: { name, version: '1.0', ecosystem: 'PyPI' },
      vulnerabilities: [{ id: 'GHSA-2222-3333-4444', affected: [] }],
    }))
    const results = [{ source: { path: `/project/${path}`, type: 'lockfile' }, packages }]
    const { findings, notices } = await parse(
      { 'requirements.txt': '-r requirements/base.txt\na==3\n', [path]: 'a>=1.0\nb==1.0\n' },
      {
        exitCode: 1,
        stdout: JSON.stringify({ results }),
        stderr: `Scanned /project/requirements.txt file and found 1 package\nScanned /project/${path} file and found 2 packages\n`,
      },
    )
    expect(findings.map(({ location, security }) => [security?.dependency?.name, location])).toEqual([
      ['b', { path, line: 2 }],
    ])
    expect(notices).toContainEqual({
      level: 'warning',
      message: expect.stringMatching(new RegExp(`^${path}: a has no exact version`)),
    })
  },
)

it('asks nobody for versions, and nobody at all with a local database', () => {
  const files = { 'requirements.txt': 'a==1\n' }
  expect(argumentsOf(files)?.args).toContain('--no-resolve')
  expect(argumentsOf(files)?.args).not.toContain('--offline')
  expect(argumentsOf(files, { offline: true })?.args).toContain('--offline')
  expect(argumentsOf(files, { offline: true, 'osv-download': true })?.args).not.toContain(download)
  const local = argumentsOf(files, { 'osv-database': '/data' })
  expect(local?.args).toContain('--offline')
  expect(local?.args).not.toContain(download)
  expect(local?.env).toEqual({ OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: '/data' })
})

it('has a database of its own only where nothing else is asked', () => {
  const schema = (settings: NonNullable<ToolCase['settings']>) => osvScanner.database?.(settings)
  expect(schema({ 'osv-download': true })).toBe('1')
  expect(schema({ offline: true })).toBe('1')
  expect(schema({})).toBeUndefined()
  expect(schema({ offline: true, 'osv-database': '/data' })).toBeUndefined()
})

it.each([
  ['the folder', { 'osv-database': '/data' }, /into the folder that `osv-database` names/],
  ['what is kept', { offline: true }, /Run once with network and `osv-download: true`/],
])('says what to do where %s has no database', async (_, settings, advice) => {
  const stderr = 'could not load db for PyPI ecosystem: no offline version of the OSV database is available'
  const request = requestOf({ 'requirements.txt': 'a==1\n' }, settings)
  const [invocation] = osvScanner.invocations(request)
  if (invocation === undefined) throw new Error('nothing is run')
  const ended = { exitCode: 127, stdout: '{"results":[]}', stderr, files: {} }
  await expect(osvScanner.parse(outputOf(request, { invocation, ...ended }))).rejects.toThrow(advice)
})

it.each([
  [
    'unavailable without a database',
    'could not load db for PyPI ecosystem: unable to fetch',
    UnavailableError,
  ],
  [
    'unavailable where the service is not reached',
    'Error during extraction: max retries exceeded: attempt 4: request failed: Post "https://osv.test"',
    UnavailableError,
  ],
  ['failed for anything else', 'extraction failed on specified lockfile', ToolOutputError],
])('is %s, although the report looks clean', async (_, stderr, kind) => {
  const ended = { exitCode: 127, stdout: '{"results":[]}', stderr }
  await expect(parse({ 'requirements.txt': 'a==1\n' }, ended)).rejects.toThrow(kind)
})

it('fails where it passes over a file that it was given', async () => {
  const stderr = 'Scanned /project/requirements.txt file and found 1 package\n'
  const files = { 'requirements.txt': 'a==1\n', 'web/yarn.lock': '' }
  const ended = { exitCode: 0, stdout: '{"results":[]}', stderr }
  await expect(parse(files, ended)).rejects.toThrow(/did not look at web\/yarn\.lock/)
})

it('says where a package stands, and how the project comes to it', async () => {
  const [output] = readRecorded(osvScanner, 'findings')
  const { findings } = output === undefined ? { findings: [] } : await osvScanner.parse(output)
  expect(findings.map(({ location, security }) => [location, security?.dependency])).toEqual([
    [
      { path: 'package-lock.json', line: 20 },
      {
        ecosystem: 'npm',
        name: 'invented-template',
        version: '2.0.0',
        direct: false,
        via: ['invented-pages', 'invented-template'],
      },
    ],
    [
      { path: 'requirements.txt', line: 3 },
      { ecosystem: 'pypi', name: 'invented-parser', version: '1.4.0', direct: true },
    ],
  ])
})

it.each([
  [{}, 0],
  [{ 'osv-database': '/data', 'osv-database-age': 90_000.4 }, 90_000],
])('says how old its advisories are, with %j', async (settings, value) => {
  const [output] = readRecorded(osvScanner, 'clean')
  if (output === undefined) throw new Error('nothing is recorded')
  const request = { ...output.request, settings: { ...output.request.settings, ...settings } }
  const { measurements } = await osvScanner.parse({ ...output, request })
  expect(measurements).toEqual([{ metric: 'database-age', value }])
})
