import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readQuarantine } from '../../actions/test-suite/src/quarantine.ts'
import { sampleAction } from '../../packages/cli/test/sample-action.ts'
import { renderPolicySchema } from './policy-schema.ts'

describe('quarantine in policy.json', () => {
  const schema = JSON.parse(renderPolicySchema([{ ...sampleAction, name: 'test-suite' }]))
  const validate = new Ajv({ strict: false }).compile(schema)
  const rest = 'reason: ORD-1, owner: "@ada", expires: 2026-03-01'

  it.each([
    [true, `- {test: "t.py::a[1]", ${rest}}`],
    [true, `- {test: "t.py::*", ${rest}}`],
    [false, `- {test: "*", ${rest}}`],
    [false, `- {tset: a, ${rest}}`],
    [false, `- {${rest}}`],
    [false, '- {test: a, reason: x, owner: "@ada", expires: never}'],
    [false, '- {test: a, reason: x, expires: 2026-03-01}'],
    [false, `{test: a, ${rest}}`],
    [false, '- a'],
  ])('agrees with the reader: %s, %s', (good, yaml) => {
    const list: unknown = parse(yaml)
    expect(validate({ 'test-suite': { quarantine: list } })).toBe(good)
    const { problems } = readQuarantine(list, { today: '2026-02-01', longestDays: 90 })
    expect(problems.length === 0).toBe(good)
  })

  it('is a key of that action alone', () => {
    const other = new Ajv({ strict: false }).compile(JSON.parse(renderPolicySchema([sampleAction])))
    expect(other({ sample: { quarantine: [] } })).toBe(false)
    expect(other({ sample: { packages: {} } })).toBe(true)
  })
})
