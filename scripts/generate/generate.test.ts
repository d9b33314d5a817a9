import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { actions } from '../../packages/cli/src/actions.ts'
import { sampleAction } from '../../packages/cli/test/sample-action.ts'
import { text } from '../../packages/shared/src/action/input.ts'
import { mergeInputs } from '../../packages/shared/src/action/merge-inputs.ts'
import { readPolicy, suiteActions } from '../../packages/shared/src/action/policy-file.ts'
import { renderActionYml } from './action-yml.ts'
import { difference } from './difference.ts'
import { docsIndex } from './docs-index.ts'
import { replaceSections, skeleton } from './marked-sections.ts'
import { renderPolicySchema } from './policy-schema.ts'
import { readmeTables } from './readme-tables.ts'

interface ActionYml {
  readonly description: string
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly required: boolean; readonly default?: string }>
  >
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
  readonly runs: Readonly<Record<string, string>>
}

describe.each([sampleAction, ...actions].map((action) => [action.name, action] as const))(
  'action.yml of %s',
  (_, action) => {
    const text = renderActionYml(action)
    const content: ActionYml = parse(text)

    it('has every input, without defaults but expressions', () => {
      expect(Object.keys(content.inputs).sort()).toEqual(Object.keys(action.allInputs).sort())
      for (const [name, input] of Object.entries(content.inputs)) {
        expect(input.default).toBe(action.allInputs[name]?.expression)
        expect(input.required).toBe(false)
      }
    })

    it('states defaults and choices in descriptions, in which GitHub finds nothing to evaluate', () => {
      for (const [name, { description }] of Object.entries(content.inputs)) {
        expect(description).not.toContain('${{')
        const spec = action.allInputs[name]
        if (spec?.default !== undefined) expect(description).toContain(`Default: \`${spec.default}\``)
        for (const value of spec?.values ?? []) expect(description).toContain(`\`${value}\``)
      }
    })

    it('runs the bundle, and fits the marketplace', () => {
      expect(content.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
      expect(content.description.length).toBeLessThanOrEqual(125)
      expect(Object.keys(content.outputs)).toEqual(
        expect.arrayContaining(['verdict', 'report-dir', 'result']),
      )
    })
  },
)

describe('action.yml', () => {
  it('has metrics and own outputs as outputs', () => {
    const { outputs }: ActionYml = parse(renderActionYml(sampleAction))
    expect(Object.keys(outputs)).toEqual([
      'verdict',
      'report-dir',
      'result',
      'bananas',
      'tools-failed',
      'colour',
    ])
  })

  it('is refused where a description holds an expression', () => {
    const allInputs = { x: text({ description: 'Such as ${{ github.token }}.' }) }
    expect(() => renderActionYml({ ...sampleAction, allInputs })).toThrow('expression')
  })
})

describe('README tables', () => {
  const tables = readmeTables(sampleAction)

  it('keep their columns whatever stands in a cell', () => {
    for (const table of [tables['inputs'] ?? '', tables['outputs'] ?? '', tables['permissions'] ?? '']) {
      for (const block of table.split(/\n\n/).filter((part) => part.startsWith('|'))) {
        const counts = block.split('\n').map((line) => line.match(/(?<!\\)\|/g)?.length)
        expect(new Set(counts).size).toBe(1)
      }
    }
    expect(tables['inputs']).toContain('A path \\| with a bar.')
  })

  it('show the gate with the rule that no gate can drop', () => {
    expect(tables['gate']).toBe('```text\nbananas < 5\ntools-failed == 0\n```')
  })
})

describe('policy.json', () => {
  const schema = JSON.parse(renderPolicySchema([sampleAction]))
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema)
  const specs = sampleAction.allInputs

  it('is a valid schema with a section for every action of the suite', () => {
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['$schema', 'sample', ...suiteActions]),
    )
  })

  it.each([
    'scope: new',
    'fix: true',
    'complexity-limit: 12',
    'share: 0.25',
    'tolerance: 5%',
    'tolerance: 5',
    'timeout: 1h30m',
    'timeout: 250ms',
    'room: 10 MiB',
    'paths: [src, tests]',
    'paths: |\n    src\n    tests',
    'tool-args: {pylint: [--jobs=2], ruff: "0.17"}',
    'gate: [bananas > 1]',
    'packages: {api: services/api, web: {path: web, gate: [bananas > 1]}}',
  ])('takes what the reader takes: %s', (line) => {
    const text = `sample:\n  ${line}\n`
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true)
    expect(problemsOf(text)).toEqual([])
  })

  it.each([
    'scope: newest',
    'fix: yes',
    'complexity-limit: 0',
    'complexity-limit: 1.5',
    'share: 2',
    'tolerance: much',
    'timeout: 90',
    'timeout: 5min',
    'room: much',
    'scpe: new',
    'password: x',
    'token: x',
    'policy-ref: base',
    'paths: {a: 1}',
  ])('refuses what the reader refuses: %s', (line) => {
    const text = `sample:\n  ${line}\n`
    expect(validate(parse(text))).toBe(false)
    expect(problemsOf(text)).not.toEqual([])
  })

  function problemsOf(text: string): readonly string[] {
    const policy = readPolicy({ path: 'p.yml', text }, sampleAction)
    return mergeInputs(specs, {
      given: () => undefined,
      names: [],
      givenBy: '',
      policy,
      metrics: sampleAction.metrics,
    }).problems
  }

  it('takes every default', () => {
    const section = schema.properties.sample.properties
    for (const [name, input] of Object.entries<{ readonly default?: unknown }>(section)) {
      if (input.default !== undefined)
        expect(validate({ sample: { [name]: input.default } }), name).toBe(true)
    }
  })
})

describe('replaceSections', () => {
  it('fills markers, again and again, and leaves the rest', () => {
    const text = 'before\n<!-- generated:a -->\nold\n<!-- /generated -->\nafter\n'
    const once = replaceSections(text, { a: 'new $& $1' }, ['a'], 'x.md')
    expect(once).toBe('before\n<!-- generated:a -->\n\nnew $& $1\n\n<!-- /generated -->\nafter\n')
    expect(replaceSections(once, { a: 'new $& $1' }, ['a'], 'x.md')).toBe(once)
  })

  it.each([
    ['text', 'x.md needs'],
    ['<!-- generated:a -->\n<!-- /generated -->\n<!-- generated:b -->\n<!-- /generated -->', 'by the name b'],
    ['<!-- generated:a -->\n<!-- /generated -->\n<!-- generated:a -->', 'not closed'],
    ['<!-- generated:a -->\n<!-- /generated -->\n<!-- generated:a -->\n<!-- /generated -->', 'a twice'],
  ])('refuses %j', (text, message) => {
    expect(() => replaceSections(text, { a: 'new' }, ['a'], 'x.md')).toThrow(message)
  })

  it('a skeleton has what is needed', () => {
    const text = skeleton('Title', 'About.', [['Heading', 'a']])
    expect(replaceSections(text, { a: 'new' }, ['a'], 'x.md')).toMatch(
      /^# Title\n\nAbout\.\n\n## Heading\n\n<!--/,
    )
  })
})

describe('docsIndex', () => {
  it('has titles and first sentences', () => {
    const text = '# The gate\n\n<!-- a comment -->\n\n`score > 80.5`, for `x: y`. More.\n'
    expect(docsIndex([{ path: 'docs/gate.md', text }])).toBe(
      '- [The gate](docs/gate.md): `score > 80.5`, for `x: y`.',
    )
  })
})

describe('difference', () => {
  it('shows what would change', () => {
    expect(difference('a.txt', 'one\ntwo\n', 'one\nthree\n')).toMatch(
      /^--- a\.txt\n\+\+\+ a\.txt, generated\n@@[\s\S]*-two\n\+three\n$/,
    )
    expect(difference('a.txt', undefined, 'new\n')).toContain('+new')
  })
})
