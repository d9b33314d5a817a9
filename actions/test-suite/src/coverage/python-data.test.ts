import { UserError } from '@ci-actions/shared'
import { recordingHost } from '@ci-actions/shared/testing'
import { describe, expect, test } from 'vitest'
import { readCoverageData } from './python-data.ts'

const json = JSON.stringify({
  files: { 'src/a.py': { executed_lines: [1], missing_lines: [2] } },
  totals: { covered_lines: 1, num_statements: 2 },
})

const request = { python: '/v/bin/python', files: ['/w/.coverage'], folder: '/w', timeoutMs: 1000 }

function host(
  answer: { readonly exitCode?: number; readonly stdout?: string; readonly stderr?: string } = {},
) {
  const recorded = recordingHost({
    processes: async ({ args }) => {
      const output = args[args.indexOf('-o') + 1]
      if (args.includes('json') && answer.exitCode === undefined)
        await recorded.files.write(output ?? '', json)
      return answer
    },
  })
  return recorded
}

describe('data files of coverage.py', () => {
  test('one is turned into JSON where it lies', async () => {
    const recorded = host()
    const report = await readCoverageData(recorded, request)
    expect(report).toMatchObject({ covered: 1, lines: 2, files: [{ path: 'src/a.py' }] })
    expect(
      recorded.recorded.processes.map(({ command, args, env, cwd }) => ({
        command,
        run: args.slice(0, 3),
        env,
        cwd,
      })),
    ).toEqual([
      {
        command: '/v/bin/python',
        run: ['-m', 'coverage', 'json'],
        env: { ...recorded.facts.toolEnvironment, COVERAGE_FILE: '/w/.coverage' },
        cwd: '/w',
      },
    ])
  })

  test('several are combined first, and stay', async () => {
    const recorded = host()
    await readCoverageData(recorded, { ...request, files: ['/w/.coverage.1', '/w/.coverage.2'] })
    const [combine, report] = recorded.recorded.processes
    expect(combine?.args).toEqual([
      '-m',
      'coverage',
      'combine',
      '--keep',
      '--quiet',
      '/w/.coverage.1',
      '/w/.coverage.2',
    ])
    expect(report?.args).toContain('json')
    expect(report?.env['COVERAGE_FILE']).toBe(combine?.env['COVERAGE_FILE'])
    expect(combine?.env['COVERAGE_FILE']).not.toMatch(/^\/w\//)
  })

  test('a floor in the project’s configuration does not end it', async () => {
    const recorded = host()
    await readCoverageData(recorded, request)
    expect(recorded.recorded.processes[0]?.args).toContain('--fail-under=0')
  })

  test('leaves nothing behind', async () => {
    for (const recorded of [host(), host({ exitCode: 1 })]) {
      await readCoverageData(recorded, request).catch(() => undefined)
      expect(recorded.recorded.processes).toHaveLength(1)
      expect(await recorded.files.list(recorded.facts.temporary)).toEqual([])
    }
  })

  test.each([
    [
      'is not installed',
      { exitCode: 1, stderr: '/v/bin/python: No module named coverage' },
      'pip install coverage',
    ],
    [
      'finds no sources',
      { exitCode: 1, stdout: "No source for code: '/app/a.py'." },
      'Check out the sources',
    ],
    ['finds no data', { exitCode: 1, stdout: 'No data to report.' }, 'No data to report'],
  ])('coverage.py %s', async (_, answer, message) => {
    const reading = readCoverageData(host(answer), request)
    await expect(reading).rejects.toThrow(UserError)
    await expect(reading).rejects.toThrow(message)
  })
})
