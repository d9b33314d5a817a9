import { describe, expect, it } from 'vitest'
import { suiteActions } from '../../shared/src/action/policy-file.ts'
import { sampleAction } from '../test/sample-action.ts'
import { actions } from './actions.ts'
import { parseCommandLine } from './command-line.ts'
import { optionsOf } from './options.ts'

function parse(...args: readonly string[]) {
  return parseCommandLine(args, [sampleAction])
}

function problemsOf(...args: readonly string[]): readonly string[] {
  const command = parse('sample', ...args)
  return command.kind === 'wrong' ? command.problems : []
}

describe('parseCommandLine', () => {
  it('gives options as inputs, lists line by line', () => {
    const command = parse(
      'sample',
      '--complexity-limit',
      '12',
      '--gate',
      'bananas > 1',
      '--gate=bananas < 9',
      '--no-enforce',
      '--fix',
      '--base',
      'main',
      '--tool-args',
      'pylint: --jobs=2',
      'src',
      '--paths',
      'tests',
      '--debug',
      '--format',
      'json',
      '--output=out.json',
    )
    expect(command).toEqual({
      kind: 'run',
      action: sampleAction,
      inputs: {
        'complexity-limit': '12',
        gate: 'bananas > 1\nbananas < 9',
        enforce: 'false',
        fix: 'true',
        base: 'main',
        'tool-args': 'pylint: --jobs=2',
      },
      paths: ['tests', 'src'],
      format: 'json',
      output: 'out.json',
      debug: true,
    })
  })

  it('takes values of flags after an equals sign', () => {
    expect(parse('sample', '--enforce=false', '--fix=maybe')).toMatchObject({
      inputs: { enforce: 'false', fix: 'maybe' },
    })
  })

  it('takes what follows -- as paths', () => {
    expect(parse('sample', '--', '--strange', '--base')).toMatchObject({
      kind: 'run',
      paths: ['--strange', '--base'],
    })
  })

  it('takes values with dashes after an equals sign, and negative numbers', () => {
    expect(parse('sample', '--base=--odd', '--share', '-1')).toMatchObject({
      inputs: { base: '--odd', share: '-1' },
    })
  })

  it('reports everything that is wrong at once', () => {
    const problems = problemsOf(
      '--complexity-limt',
      '12',
      '--base',
      '--bananas',
      '--no-scope',
      '--format',
      'jsn',
      '--debug=1',
      '--scope',
      'all',
      '--scope',
      'new',
    )
    expect(problems).toEqual([
      '`--base` needs a value: `--base TEXT`.',
      'There is no option `--complexity-limt`. Did you mean `--complexity-limit`?',
      'There is no option `--bananas`.',
      'There is no option `--no-scope`.',
      '`--debug` takes no value.',
      '`--scope` is given more than once.',
      '`--format`: `jsn` is not one of `terminal`, `json`, `html`, `sarif`. Did you mean `json`?',
    ])
  })

  it('has no option for secrets', () => {
    expect(problemsOf('--password', 'x', '--token=y')).toHaveLength(2)
  })

  it('suggests the negative of a flag', () => {
    expect(problemsOf('--no-enforec').join()).toContain('Did you mean `--no-enforce`?')
  })

  it.each([
    [[], 'help'],
    [['--help'], 'help'],
    [['help', 'sample'], 'help'],
    [['sample', '--help', '--wrong'], 'help'],
    [['sample', '-h'], 'help'],
    [['--version'], 'version'],
    [['cache', 'clear'], 'clear-cache'],
    [['cache'], 'wrong'],
    [['smaple'], 'wrong'],
    [['--paths', 'x'], 'wrong'],
    [['sample', '-x'], 'wrong'],
  ])('%j is %s', (args, kind) => {
    expect(parse(...args).kind).toBe(kind)
  })

  it('knows what was meant by the name of an action', () => {
    expect(parse('smaple')).toMatchObject({ problems: [expect.stringContaining('Did you mean `sample`?')] })
  })

  it('says where options stand, and which one was meant', () => {
    expect(parse('--debug', 'sample')).toMatchObject({
      problems: ['`--debug` cannot stand before the name of an action. There are: sample, cache.'],
    })
    expect(parse('--verson')).toMatchObject({ problems: [expect.stringContaining('`--version`?')] })
  })

  it('refuses paths where the action takes none', () => {
    const { paths: _, ...allInputs } = sampleAction.allInputs
    expect(parseCommandLine(['sample', 'src'], [{ ...sampleAction, allInputs }])).toMatchObject({
      kind: 'wrong',
    })
  })
})

describe('every action', () => {
  it('has a section in the policy file that all versions know', () => {
    expect(suiteActions).toEqual(expect.arrayContaining(actions.map(({ name }) => name)))
  })

  it.each(actions.map((action) => [action.name, action] as const))(
    '%s has options of different names',
    (_, action) => {
      const names = optionsOf(action).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      expect(names.filter((name) => name.startsWith('no-'))).toEqual([])
    },
  )
})

describe('a command of an action', () => {
  const grow = { action: 'sample', name: 'grow', description: 'Grows.', run: () => Promise.reject() }

  it('gets what stands behind it, as typed', () => {
    expect(parseCommandLine(['sample', 'grow', '--fast', 'x'], [sampleAction], [grow])).toEqual({
      kind: 'subcommand',
      subcommand: grow,
      args: ['--fast', 'x'],
    })
  })

  it('is known in its own place, and with its action, alone', () => {
    expect(parseCommandLine(['sample', '--fix', 'grow'], [sampleAction], [grow])).toMatchObject({
      kind: 'run',
    })
    const other = { ...grow, action: 'other' }
    expect(parseCommandLine(['other', 'grow'], [sampleAction], [other])).toMatchObject({ kind: 'wrong' })
  })
})
