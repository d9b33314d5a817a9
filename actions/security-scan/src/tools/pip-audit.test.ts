import { UnavailableError, UserError } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { requestFor } from '../../../../test/tools/run-case.ts'
import { pipAudit } from './pip-audit.ts'
import { parsePipAuditReport } from './pip-audit-report.ts'

const installed = { command: ['pip-audit'], version: '2.10.1' }

function plan(files: ToolCase['files'], settings: ToolCase['settings'] = {}) {
  const request = requestFor(pipAudit, { name: 'x', files, settings }, { top: '/t', installed })
  return {
    commands: pipAudit.invocations(request).map(({ args, inputs = {} }) => ({
      args: args.slice(args.indexOf('/t/cache') + 1).join(' '),
      inputs: Object.values(inputs),
    })),
    notices: pipAudit.notices?.(request.project).map(({ level, message }) => `${level}: ${message}`) ?? [],
  }
}

describe('what is audited', () => {
  it('a list with hashes as it stands', () => {
    const { commands, notices } = plan({ 'requirements.txt': 'a==1 --hash=sha256:aa\n' })
    expect(commands).toEqual([
      { args: '--vulnerability-service pypi --disable-pip -r requirements.txt', inputs: [] },
    ])
    expect(notices).toEqual([])
  })

  it('a pinned list as it stands, and says what that leaves out', () => {
    const { commands, notices } = plan({ 'requirements.txt': 'a==1\n' })
    expect(commands[0]?.args).toBe('--vulnerability-service pypi --no-deps --disable-pip -r requirements.txt')
    expect(notices).toEqual([expect.stringMatching(/^notice: requirements\.txt pins what it names/)])
  })

  it('nothing of a list of folders of the repository, of which each is audited where it is', () => {
    const { commands, notices } = plan({ 'requirements.txt': '-e .\n../lib[extra]\n' })
    expect({ commands, notices }).toEqual({ commands: [], notices: [] })
  })

  it('of an open list only what comes from an index, since pip would run code of the rest', () => {
    const files = {
      'svc/requirements.txt': '-r base.txt\n-c ../pins.txt\n-e .\nb[x]>=1 ; python_version > "3" # why\n',
      'svc/base.txt': '--index-url https://index.example/simple\ngit+https://example.org/a\nc\n',
      'pins.txt': 'c==1\n',
    }
    const { commands, notices } = plan(files)
    expect(commands.map(({ inputs }) => inputs)).toEqual([
      [
        '-c "/t/project/pins.txt"\nb[x]>=1 ; python_version > "3"\n--index-url https://index.example/simple\nc\n',
      ],
    ])
    expect(commands[0]?.args).toBe('--vulnerability-service pypi -r /t/output/open-0.txt')
    expect(notices).toEqual([
      expect.stringMatching(/^warning: svc\/requirements\.txt does not pin/),
      expect.stringMatching(/^warning: Not audited.* \(svc\/requirements\.txt\)/),
    ])
  })

  it('a pinned list as names and versions, where pip-audit would not read all of it', () => {
    const { commands } = plan({ 'requirements.txt': 'a===1\nb==2; python_version < "3"\n' })
    expect(commands.map(({ inputs }) => inputs)).toEqual([['a==1\nb==2\n']])
  })

  it('what pip would take now, where a list is not pinned, and says so', () => {
    const { commands, notices } = plan({ 'requirements.txt': 'a\n' })
    expect(commands[0]?.args).toBe('--vulnerability-service pypi -r requirements.txt')
    expect(notices).toEqual([expect.stringMatching(/^warning: requirements\.txt does not pin/)])
  })

  it('a list together with those that it takes in, once', () => {
    const files = { 'requirements.txt': '-r requirements/base.txt\nb==1\n', 'requirements/base.txt': 'a>1\n' }
    const { commands } = plan(files)
    expect(commands.map(({ args }) => args)).toEqual(['--vulnerability-service pypi -r requirements.txt'])
  })

  it('what pip would take now, where a list takes in one that nobody knows', () => {
    const { commands } = plan({ 'requirements.txt': '-r elsewhere/base.txt\nb==1\n' })
    expect(commands.map(({ args }) => args)).toEqual(['--vulnerability-service pypi -r requirements.txt'])
  })

  it('a lock file, and no list beside it that pins nothing', () => {
    const files = {
      'poetry.lock': '[[package]]\nname = "a"\nversion = "1"\n',
      'requirements.txt': 'a\n',
      'pyproject.toml': '[project]\ndependencies = ["a"]\n',
    }
    const { commands, notices } = plan(files)
    expect(commands).toEqual([
      {
        args: '--vulnerability-service pypi --no-deps --disable-pip -r /t/output/locked-0-0.txt',
        inputs: ['a==1\n'],
      },
    ])
    expect(notices).toEqual([expect.stringMatching(/^notice: requirements\.txt is not audited/)])
  })

  it('each version of a package that a lock file has several of', () => {
    const text = ['1', '2', '1']
      .map((version) => `[[package]]\nname = "a"\nversion = "${version}"\n`)
      .join('')
    expect(plan({ 'uv.lock': text }).commands.map(({ inputs }) => inputs)).toEqual([['a==1\n'], ['a==2\n']])
  })

  it('fails by name for a lock file that does not parse', () => {
    const { notices } = plan({ 'uv.lock': '[[package' })
    expect(notices).toEqual([expect.stringMatching(/^failed: uv\.lock cannot be read/)])
  })

  it('names what comes from no index', () => {
    const text =
      '[[package]]\nname = "a"\nversion = "1"\n[[package]]\nname = "b"\nversion = "1"\nsource = { git = "x" }\n'
    expect(plan({ 'uv.lock': text }).notices).toEqual([expect.stringMatching(/^warning: .*: b \(uv\.lock\)/)])
  })
})

describe('the service', () => {
  it.each([
    'http://osv.example',
    'http://osv.example/',
    'http://osv.example/v1',
    'http://osv.example/v1/query',
  ])('is asked at %s', (url) => {
    const { commands } = plan({ 'requirements.txt': 'a==1\n' }, { 'osv-url': url })
    expect(commands[0]?.args).toContain('--vulnerability-service osv --osv-url http://osv.example/v1/query ')
  })

  it('is not asked at all offline, unless it is on this machine', () => {
    const files = { 'requirements.txt': 'a==1\n' }
    expect(() => plan(files, { offline: true })).toThrow(UserError)
    expect(() => plan(files, { offline: true, 'osv-url': 'http://localhost.example.org' })).toThrow(UserError)
    expect(plan(files, { offline: true, 'osv-url': 'http://127.0.0.1:8080' }).commands).toHaveLength(1)
  })

  it.each([
    ['a list that pins nothing', { 'requirements.txt': 'a\n' }],
    ['a project without a lock', { 'pyproject.toml': '[project]\ndependencies = ["a"]\n' }],
  ])('does not help offline with %s, which the index would be asked about', (_, files) => {
    const settings = { 'osv-url': 'http://127.0.0.1:8080' }
    expect(plan(files, settings).commands).toHaveLength(1)
    expect(() => plan(files, { ...settings, offline: true })).toThrow(/does not pin every version.*`offline`/)
  })

  it.each([
    ['a connection that is refused', undefined],
    ['an answer 503', 'requests.exceptions.HTTPError: 503 Server Error: Service Unavailable for url: x'],
    ['an answer 404', 'requests.exceptions.HTTPError: 404 Client Error: Not Found for url: x'],
    [
      'a page instead of data',
      'requests.exceptions.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    ],
    ['no answer in time', "ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed"],
  ])('is unavailable for %s', async (_, said) => {
    const [output] = readRecorded(pipAudit, 'unavailable', (recording) =>
      said === undefined ? recording : { ...recording, stderr: `Traceback\n${said}\n` },
    )
    await expect(async () => output && pipAudit.parse(output)).rejects.toThrow(UnavailableError)
  })
})

it('says in few words why its service is not reached', async () => {
  const [output] = readRecorded(pipAudit, 'unavailable')
  await expect(async () => output && pipAudit.parse(output)).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:\d+: \[Errno \d+\] Connection refused$/,
  )
})

it('knows the line, the way to it, and what to do', async () => {
  const [output] = readRecorded(pipAudit, 'locked')
  const findings = output === undefined ? [] : (await pipAudit.parse(output)).findings
  expect(findings).toMatchObject([
    {
      message: 'invented-parser 1.4.0: invented-parser runs commands that stand in a document',
      level: 'error',
      security: {
        claims: [],
        ids: ['PYSEC-2026-9001', 'GHSA-2222-3333-4444', 'CVE-2026-90001'],
        fixedVersions: ['1.4.2'],
        dependency: {
          ecosystem: 'pypi',
          name: 'invented-parser',
          version: '1.4.0',
          direct: false,
          via: ['invented-http', 'invented-parser'],
        },
      },
    },
  ])
})

it('reads the list alone, as it was before 2.0', () => {
  const text = JSON.stringify([{ name: 'a', version: '1', vulns: [{ id: 'PYSEC-1', fix_versions: [] }] }])
  expect(parsePipAuditReport(text).findings).toMatchObject([
    { rule: 'PYSEC-1', message: 'a 1 has a known vulnerability.' },
  ])
})

it('takes a service that knows no package for one that audited nothing', () => {
  const text = JSON.stringify({
    dependencies: [
      { name: 'a', skip_reason: 'Dependency not found on PyPI and could not be audited: a (1)' },
    ],
    fixes: [],
  })
  expect(parsePipAuditReport(text)).toEqual({
    findings: [],
    notices: [{ level: 'failed', message: expect.stringContaining('a (Dependency not found') }],
  })
})

it('says where pip-audit gives no reason', () => {
  const dependencies = [
    { name: 'a', version: '1', vulns: [] },
    { name: 'b', skip_reason: null },
  ]
  const { notices } = parsePipAuditReport(JSON.stringify({ dependencies, fixes: [] }))
  expect(notices).toEqual([{ level: 'warning', message: 'Not audited: b (no reason given).' }])
})
