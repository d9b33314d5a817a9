import { describe, expect, it } from 'vitest'
import { duration, flag, lines, map, secret, text } from './input.ts'
import { mergeInputs } from './merge-inputs.ts'
import { readPolicy } from './policy-file.ts'

const specs = {
  enforce: flag({ description: 'x', default: 'true' }),
  timeout: duration({ description: 'x', default: '10m' }),
  tools: lines({ description: 'x' }),
  'tool-versions': map({ description: 'x' }),
  scope: text({ description: 'x', renamedFrom: 'judge' }),
  'policy-ref': text({ description: 'x' }),
  token: secret({ description: 'x' }),
}

function read(yaml: string) {
  return readPolicy(
    { path: '.github/ci-actions.yml', text: yaml },
    { name: 'quality-gate', allInputs: specs },
  )
}

function valuesOf(yaml: string) {
  return mergeInputs(specs, {
    given: () => undefined,
    names: [],
    givenBy: '`with:`',
    policy: read(yaml),
    metrics: {},
  })
}

describe('readPolicy', () => {
  it('takes values in YAML of their own kind', () => {
    const { values, problems, origins } = valuesOf(
      [
        '$schema: ./policy.json',
        'quality-gate:',
        '  enforce: false',
        '  timeout: 90s',
        '  tools: [ruff, mypy]',
        '  tool-versions:',
        '    ruff: 0.10',
        '    black: "25.1.0"',
      ].join('\n'),
    )
    expect(problems).toEqual([])
    expect(values).toMatchObject({
      enforce: false,
      timeout: 90,
      tools: ['ruff', 'mypy'],
      'tool-versions': { ruff: ['0.10'], black: ['25.1.0'] },
    })
    expect(origins.find(({ name }) => name === 'timeout')).toEqual({
      name: 'timeout',
      value: '90s',
      from: '.github/ci-actions.yml:4',
    })
  })

  it('takes lists and maps as blocks of text too, with comments', () => {
    const { values } = valuesOf(
      'quality-gate:\n  tools: |\n    ruff\n    # not now: pylint\n    mypy\n  tool-versions: |\n    ruff: 0.17.6\n',
    )
    expect(values).toMatchObject({ tools: ['ruff', 'mypy'], 'tool-versions': { ruff: ['0.17.6'] } })
  })

  it('resolves anchors', () => {
    const { values } = valuesOf(
      'quality-gate:\n  tools: &t [ruff]\n  tool-versions: {a: 1}\ntest-suite:\n  tools: *t\n',
    )
    expect(values).toMatchObject({ tools: ['ruff'] })
    expect(valuesOf('test-suite:\n  tools: &t [ruff]\nquality-gate:\n  tools: *t\n').values).toMatchObject({
      tools: ['ruff'],
    })
  })

  it('takes what is empty as not given', () => {
    const { values, origins, problems } = valuesOf('quality-gate:\n  timeout:\n  tools: []\n  scope: ""\n')
    expect(problems).toEqual([])
    expect(origins).toEqual([])
    expect(values).toMatchObject({ timeout: 600, tools: [] })
    expect(read('').problems).toEqual([])
    expect(read('# only a comment\n').problems).toEqual([])
    expect(read('quality-gate:\n').problems).toEqual([])
  })

  it('gives what is no input as plain data', () => {
    expect(read('quality-gate:\n  packages:\n    api: {path: services/api}\n').extras).toEqual({
      packages: { api: { path: 'services/api' } },
    })
  })

  it('knows such keys by action, and leaves dates as they are written', () => {
    const yaml = 'test-suite:\n  quarantine:\n    - {test: a, expires: 2026-03-01}\n'
    const source = { path: 'p.yml', text: yaml }
    const { extras, problems } = readPolicy(source, { name: 'test-suite', allInputs: specs })
    expect(problems).toEqual([])
    expect(extras).toEqual({ quarantine: [{ test: 'a', expires: '2026-03-01' }] })
    expect(read('quality-gate:\n  quarantine: []\n').problems).toHaveLength(1)
  })

  it.each([
    ['quality-gate:\n  tiemout: 5m\n', ':2: `quality-gate` has no input `tiemout`. Did you mean `timeout`?'],
    [
      'quality-gate:\n  bananas: 5\n',
      ':2: `quality-gate` has no input `bananas`. There are: enforce, scope, timeout, tool-versions, tools.',
    ],
    ['quality-gate:\n  judge: new\n', ':2: `judge` is now called `scope`.'],
    ['quality-gate:\n\n  token: abc\n', ':3: `token` cannot be set in the policy file'],
    ['quality-gate:\n  policy-ref: head\n', ':2: `policy-ref` cannot be set in the policy file'],
    ['qualty-gate:\n  timeout: 5m\n', ':1: there is no action `qualty-gate`. Did you mean `quality-gate`?'],
    ['- a\n', ':1: the policy file must be a map'],
    ['quality-gate: [a]\n', ':1: `quality-gate` must be a map'],
    ['quality-gate:\n  timeout: 5m\n timeout: 6m\n', ':3: this is not valid YAML'],
    ['quality-gate:\n  timeout: 5m\n  timeout: 6m\n', ':3: this is not valid YAML'],
    ['quality-gate:\n  tools: [[a]]\n', ':2: `tools` is nested too deeply'],
    ['quality-gate:\n  enforce: [true]\n', ':2: `enforce`: a list is given; write `true` or `false`.'],
    [
      'quality-gate:\n  enforce: yes\n',
      ':2: `enforce`: `yes` is neither `true` nor `false`. Did you mean `true`?',
    ],
    ['quality-gate:\n  timeout: 90\n', ':2: `timeout`: `90` has no unit'],
  ])('says where and what: %j', (yaml, message) => {
    expect(valuesOf(yaml).problems.join('\n')).toContain(`.github/ci-actions.yml${message}`)
  })

  it('only mentions a section of an action that it does not know', () => {
    const policy = read('terraform-plan:\n  x: 1\n')
    expect(policy.problems).toEqual([])
    expect(policy.notices.join()).toContain('`terraform-plan` belongs to no action')
  })

  it('survives an alias inside of what it names', () => {
    const policy = read('quality-gate:\n  tools: &x {a: *x}\n  packages: &y [*y]\n')
    expect(policy.problems.join()).toContain('`tools` is nested too deeply')
  })

  it('survives aliases that multiply', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]}, `.repeat(9)}]`),
    ]
    const policy = read(`${bomb.join('\n')}\nquality-gate:\n  packages: *j\n  tools: *j\n`)
    expect(policy.problems.length).toBeGreaterThan(0)
  })
})
