import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { githubRunner } from './runner.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runner-'))
  for (const name of ['output', 'state', 'summary']) await writeFile(join(folder, name), '')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

function start(env: Record<string, string> = {}) {
  let written = ''
  let drawn = 0
  const exitCodes: number[] = []
  const runner = githubRunner({
    env: {
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STATE: join(folder, 'state'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...env,
    },
    write: (text) => {
      written += text
    },
    setExitCode: (code) => exitCodes.push(code),
    random: (bytes) => {
      drawn += 1
      return String(drawn).padStart(bytes * 2, '0')
    },
  })
  return { runner, exitCodes, written: () => written }
}

/** As the runner reads GITHUB_OUTPUT and GITHUB_STATE. */
async function readValues(name: string): Promise<Record<string, string>> {
  const lines = (await readFile(join(folder, name), 'utf8')).split('\n')
  const values: Record<string, string> = {}
  for (let index = 0; index < lines.length; index += 1) {
    const [key, delimiter] = (lines[index] ?? '').split('<<')
    if (key === undefined || delimiter === undefined) continue
    const end = lines.indexOf(delimiter, index + 1)
    values[key] = lines.slice(index + 1, end).join('\n')
    index = end
  }
  return values
}

describe('inputs', () => {
  test('are found by the names that the runner makes', () => {
    const { runner } = start({
      'INPUT_WORKING-DIRECTORY': ' src ',
      INPUT_TWO_WORDS: 'x',
      INPUT_EMPTY: '',
      INPUT_BLANK: '\n',
    })
    expect(runner.input('working-directory')).toBe('src')
    expect(runner.input('two words')).toBe('x')
    expect(runner.input('empty')).toBeUndefined()
    expect(runner.input('blank')).toBeUndefined()
    expect(runner.input('missing')).toBeUndefined()
  })

  test('keep their spelling, so that a misspelt one is noticed', () => {
    const { runner } = start({ 'INPUT_FAIL-ON': 'x', INPUT_FAIL_ON: 'y', OTHER: 'z' })
    expect(runner.inputNames()).toEqual(['fail-on', 'fail_on'])
  })
})

describe('outputs and states', () => {
  test('take any value, also one that looks like the end of another', async () => {
    const { runner } = start()
    const own = 'ghadelimiter_00000000000000000000000000000001'
    runner.output('verdict', 'failed')
    runner.output('result', '{\n"a": "x"\n}')
    runner.output('trick', `${own}\nverdict<<X\npassed\nX`)
    expect(await readValues('output')).toEqual({
      verdict: 'failed',
      result: '{\n"a": "x"\n}',
      trick: `${own}\nverdict<<X\npassed\nX`,
    })
    runner.saveState('phase', 'main')
    expect(await readValues('state')).toEqual({ phase: 'main' })
  })

  test('of an earlier phase are read from the environment', () => {
    expect(start({ STATE_phase: 'main' }).runner.state('phase')).toBe('main')
    expect(start().runner.state('phase')).toBeUndefined()
  })
})

describe('secrets', () => {
  test('are masked line by line, short ones not at all', () => {
    const { runner, written } = start()
    runner.mask('first line\nab\n  second line\r\n}')
    runner.mask('abc')
    expect(written()).toBe('::add-mask::first line\n::add-mask::second line\n')
  })

  test('appear nowhere', async () => {
    const { runner, written } = start()
    runner.mask('s3cr3t')
    const before = written().length
    runner.log('a s3cr3t b')
    runner.raw('::error::s3cr3t')
    runner.debug('s3cr3t')
    runner.annotate({ level: 'error', title: 's3cr3t', message: 's3cr3t', path: 's3cr3t' })
    await runner.group('s3cr3t', async () => {})
    await runner.appendSummary('s3cr3t')
    runner.fail('s3cr3t')
    expect(written().slice(before)).not.toContain('s3cr3t')
    expect(await readFile(join(folder, 'summary'), 'utf8')).toBe('***')
  })
})

describe('the summary', () => {
  test('is appended to, and says how many bytes are there', async () => {
    const { runner } = start()
    await writeFile(join(folder, 'summary'), 'before ä\n')
    expect(await runner.summaryBytes()).toBe(10)
    expect(await runner.appendSummary('after')).toBe(true)
    expect(await readFile(join(folder, 'summary'), 'utf8')).toBe('before ä\nafter')
  })

  test('may be missing', async () => {
    const { runner } = start({ GITHUB_STEP_SUMMARY: '' })
    expect(await runner.summaryBytes()).toBe(0)
    expect(await runner.appendSummary('x')).toBe(false)
  })
})

test('a group is closed when its body fails', async () => {
  const { runner, written } = start()
  await expect(runner.group('Black', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(written()).toBe('::group::Black\n::endgroup::\n')
})

test('text of a tool is shown with commands switched off', () => {
  const { runner, written } = start()
  runner.raw('::error::not ours')
  const token = /^::stop-commands::(\w{32})\n/.exec(written())?.[1]
  expect(written()).toBe(`::stop-commands::${token}\n::error::not ours\n::${token}::\n`)
})

test('failing is done once', () => {
  const { runner, exitCodes, written } = start()
  runner.fail('score is 71.4\nmust be above 80')
  runner.fail('again')
  expect(exitCodes).toEqual([1])
  expect(written()).toBe('::error::score is 71.4%0Amust be above 80\n')
})
