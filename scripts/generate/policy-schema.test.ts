import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readQuarantine } from '../../actions/test-suite/src/quarantine.ts'
import { sampleAction } from '../../packages/cli/test/sample-action.ts'
import { readSuppressions } from '../../packages/shared/src/security/suppressions/entry.ts'
import { readLifetimes } from '../../packages/shared/src/security/suppressions/lifetime.ts'
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

describe('suppressions in policy.json', () => {
  const schema = JSON.parse(renderPolicySchema([{ ...sampleAction, name: 'security-scan' }]))
  const validate = new Ajv({ strict: false }).compile(schema)
  const rest = 'reason: SEC-1, owner: "@ada", expires: 2026-03-01'

  it.each([
    [true, `- {id: vulnerability pypi/jinja2 CVE-1, ${rest}}`],
    [true, `- {id: secret aws a.py 0, ${rest}, status: not-affected, justification: component_not_present}`],
    [false, `- {id: CVE-1, ${rest}}`],
    [false, `- {id: secret aws a.py 0, ${rest}, status: ok}`],
    [false, `- {id: secret aws a.py 0, ${rest}, justification: component_not_present}`],
    [false, `- {id: secret aws a.py 0, ${rest}, status: accepted, justification: component_not_present}`],
    [false, '- {id: secret aws a.py 0, reason: x, expires: 2026-03-01}'],
    [false, `- {id: secret aws a.py 0, ${rest}, note: x}`],
    [false, `{id: secret aws a.py 0, ${rest}}`],
  ])('agrees with the reader: %s, %s', (good, yaml) => {
    const data: unknown = parse(yaml)
    expect(validate({ 'security-scan': { suppressions: data } })).toBe(good)
    const dates = { today: '2026-02-01', longestDays: 365 }
    expect(readSuppressions([{ path: 'p', data }], dates).problems.length === 0).toBe(good)
  })

  it.each([
    [true, { high: 60 }],
    [true, null],
    [false, { hihg: 60 }],
    [false, { high: 0 }],
    [false, { high: 4000 }],
    [false, { high: '60' }],
  ])('limits agree with the reader: %s, %j', (good, limits) => {
    expect(validate({ 'security-scan': { 'suppression-limits': limits } })).toBe(good)
    expect(readLifetimes(limits).problems.length === 0).toBe(good)
  })
})
