import { describe, expect, it } from 'vitest'
import { read } from './test/stage.ts'

function sarif(places: readonly (readonly [string, number])[], run: object = {}): string {
  const results = places.map(([uri, startLine]) => ({
    ruleId: 'R',
    message: { text: `${uri} ${startLine}` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
  }))
  return JSON.stringify({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Scan' } }, results, ...run }],
  })
}

describe('lines that a file does not have', () => {
  const files = { 'a.py': 'one\ntwo\n', 'b.py': '' }

  it('are none, and said', async () => {
    const { findings, run } = await read(
      sarif([
        ['a.py', 9],
        ['a.py', 2],
        ['b.py', 4],
        ['gone.py', 9],
      ]),
      { files },
    )
    expect(findings.map(({ message, location }) => [message, location])).toEqual([
      ['a.py 9', { path: 'a.py' }],
      ['a.py 2', { path: 'a.py', line: 2 }],
      ['b.py 4', { path: 'b.py' }],
      ['gone.py 9', { path: 'gone.py', line: 9, outside: true }],
    ])
    expect(run.notices).toEqual([
      {
        level: 'warning',
        message: expect.stringContaining('(a.py:9, b.py:4), so it is probably about another'),
      },
    ])
    expect(run.status).toBe('findings')
  })

  it('are not the one behind the last line break', async () => {
    const { findings, run } = await read(
      sarif([
        ['a.py', 3],
        ['b.py', 1],
      ]),
      { files },
    )
    expect(findings.map(({ location }) => location?.line)).toEqual([3, 1])
    expect(run.notices).toEqual([])
  })
})

describe('a report that says which commit it is about', () => {
  const sha = (digit: string) => digit.repeat(40)
  const about = (...commits: readonly string[]) =>
    sarif([], { versionControlProvenance: commits.map((revisionId) => ({ revisionId })) })
  const notices = async (text: string, parents: readonly string[]) => {
    const { run } = await read(text, { head: { sha: sha('1'), parents } })
    return run.notices.map(({ level, message }) => `${level}: ${message}`)
  }

  it.each([
    ['the one that is checked out', about(sha('1')), ['2']],
    ['what a test merge brings into the base', about(sha('3')), ['2', '3']],
    ['the one that is checked out, and one of a submodule', about(sha('9'), sha('1')), ['2']],
    ['what is no commit', about('main', '1.2.3'), ['2']],
  ])('%s', async (_, text, parents) => {
    expect(await notices(text, parents.map(sha))).toEqual([])
  })

  it.each([
    ['another one', about(sha('9')), ['2']],
    ['the one before', about(sha('2')), ['2']],
    ['the base of a test merge', about(sha('2')), ['2', '3']],
    [
      'another one, by Trivy',
      JSON.stringify({ SchemaVersion: 2, ArtifactName: '.', Metadata: { Commit: sha('9') }, Results: [] }),
      ['2'],
    ],
  ])('%s: a warning', async (_, text, parents) => {
    const said = await notices(text, parents.map(sha))
    expect(said).toEqual([
      expect.stringMatching(/^warning: report.json is about commit .{7}, and 1111111 is/),
    ])
  })
})
