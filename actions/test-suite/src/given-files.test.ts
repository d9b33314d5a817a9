import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runAction } from '@ci-actions/shared'
import { nodeClock, nodeFiles, recordingHost } from '@ci-actions/shared/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testSuite } from './action.ts'

const result = (name: string, body = '') =>
  `<testsuite><testcase name="${name}">${body}</testcase></testsuite>`

/** A workspace of real files beside a file that is not in it. */
function workspace(files: Readonly<Record<string, string>>) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'given-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = join(folder, 'work')
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(root)
  for (const [path, text] of Object.entries(files)) put(path, text)
  writeFileSync(join(folder, 'outside.xml'), result('outside'))
  const read = async (reports: string, more: Readonly<Record<string, string>> = {}) => {
    const host = recordingHost({
      facts: { workspace: root, temporary: join(folder, 'temporary'), cacheFolder: join(folder, 'cache') },
      ...{ files: nodeFiles, clock: nodeClock },
      inputs: { history: 'off', reports, ...more },
    })
    const { report, verdict, exitCode } = await runAction(testSuite, host)
    const tests = report.metrics.find(({ name }) => name === 'tests')?.value
    const said = [...report.reasons.map(({ message }) => message), ...report.notices].join('\n')
    return { verdict, exitCode, tests, said, host, report }
  }
  return { folder, root, put, read }
}

describe('files that patterns name', () => {
  it('are counted once, whoever names them', async () => {
    const { read } = workspace({ 'out/a.xml': result('a'), 'out/b.xml': result('b') })
    expect((await read('out/*.xml\nout/a.xml\n**/b.xml')).tests).toBe(2)
  })

  it('are all said to be missing, of both inputs at once', async () => {
    const { read } = workspace({ 'a.xml': result('a'), 'out/b.xml': result('b') })
    const { exitCode, report } = await read('a.xml\nno/*.xml\nout', { 'coverage-reports': 'cov/*.xml' })
    expect(exitCode).toBe(2)
    expect(report.reasons.map(({ message }) => message)).toEqual([
      expect.stringMatching(/`reports`: `no\/\*\.xml` fits no file/),
      expect.stringMatching(/`reports`: `out` is a folder; write `out\/\*\*`/),
      expect.stringMatching(/`coverage-reports`: `cov\/\*\.xml` fits no file/),
    ])
  })

  it('may be missing where that is said', async () => {
    const { read } = workspace({ 'a.xml': result('a') })
    const { verdict, tests } = await read('a.xml\nno/*.xml', { 'allow-empty': 'true' })
    expect([verdict, tests]).toEqual(['passed', 1])
  })

  it('are no links, and that is said', async () => {
    const { folder, root, read } = workspace({ 'out/a.xml': result('a') })
    symlinkSync(join(folder, 'outside.xml'), join(root, 'out/b.xml'))
    symlinkSync(folder, join(root, 'up'))
    const { tests, said } = await read('out/*.xml')
    expect(tests).toBe(1)
    expect(said).toContain('not read, links, which are not followed: `out/b.xml`')
    expect((await read('out/b.xml')).said).toContain('fits only links (`b.xml`)')
    expect((await read('up/*.xml')).exitCode).toBe(2)
  })

  it.runIf(process.platform !== 'win32')('are no pipes, which would never end', async () => {
    const { root, read } = workspace({ 'out/a.xml': result('a') })
    execFileSync('mkfifo', [join(root, 'out/b.xml')])
    expect((await read('out/*.xml')).tests).toBe(1)
    expect((await read('out/b.xml')).exitCode).toBe(2)
  })

  it.runIf(process.platform !== 'win32')('may have names that say something else', async () => {
    const name = 'out/a\n::error::b`|<b>.xml'
    const { read } = workspace({ [name]: 'no results', 'out/c.xml': result('c') })
    const { verdict, report, host } = await read('out/*.xml')
    expect(verdict).toBe('incomplete')
    expect(report.reasons[0]?.message).toMatch(/^out\/a ::error::b/)
    expect(host.recorded.summary()).not.toMatch(/^::error|<b>\.xml/m)
    expect(host.recorded.log()).not.toMatch(/^::error/m)
  })

  it('that are coverage are named, with what to do', async () => {
    const { read } = workspace({
      'a.xml': result('a'),
      'build/cobertura.xml': '<?xml version="1.0"?><coverage line-rate="1"><packages/></coverage>',
    })
    const { verdict, said } = await read('**/*.xml')
    expect(verdict).toBe('incomplete')
    expect(said).toMatch(/build\/cobertura\.xml .*coverage.*`coverage-reports`/)
  })

  it('are none of our own reports, unless they are named', async () => {
    const { read, put } = workspace({ 'a.xml': result('a') })
    const own = 'ci-actions-report/test-suite-unit/tests/pytest-1.junit.xml'
    put(own, result('unit'))
    const { verdict, tests, said } = await read('**/*.xml')
    expect([verdict, tests]).toEqual(['passed', 1])
    expect(said).toContain(own)
    expect((await read('ci-actions-report/*-unit/**/*.xml')).tests).toBe(1)
    expect((await read('**/*.junit.xml')).said).toContain('fits only reports of these actions')
  })

  it('may be many that are all no results: the first are named, the others counted', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `out/${index}.xml`)
    const { read } = workspace(Object.fromEntries(names.map((name) => [name, 'no results'])))
    const { verdict, report } = await read('out/*.xml')
    const damaged = report.reasons.filter(({ code }) => code === 'results-damaged')
    expect([verdict, damaged.length]).toEqual(['incomplete', 21])
    expect(damaged.at(-1)?.message).toContain('30 more')
  })

  it('may be ten thousand', { timeout: 120_000 }, async () => {
    const { read, put } = workspace({})
    for (let index = 0; index < 10_000; index += 1)
      put(
        `out/${index % 100}/${index}.xml`,
        result(`test ${index}`, index % 1000 === 0 ? '<failure message="no"/>' : ''),
      )
    const { verdict, tests, report } = await read('out/**/*.xml')
    expect([verdict, tests]).toEqual(['failed', 10_000])
    expect(report.metrics.find(({ name }) => name === 'failures')?.value).toBe(10)
    expect(report.tools[0]?.files).toBe(10_000)
  })
})
