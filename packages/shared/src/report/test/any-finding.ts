/** Findings with anything in them, for properties. */
import fc from 'fast-check'
import { sampleFinding } from './builders.ts'

const text = fc.string({ unit: 'binary', maxLength: 40 })
const texts = fc.array(text, { maxLength: 3 })
const number = fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined })
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })

const location = fc.record({
  path: fc.oneof(
    text,
    fc.constantFrom('a.py', '../a', '/a', 'a//b', 'https://x/y', 'C:\\x', '.', '\\\\host\\x'),
  ),
  line: number,
  endLine: number,
  column: number,
  endColumn: number,
  outside: fc.boolean(),
})

const severity = fc.constantFrom('critical', 'high', 'medium', 'low', 'unknown')

const security = fc.record({
  kind: fc.constantFrom('vulnerability', 'weakness', 'secret', 'misconfiguration', 'license', 'hygiene'),
  claims: fc.constant([]),
  severity,
  severitySource: text,
  score: optional(fc.double({ min: -1, max: 11, noNaN: true })),
  cwe: optional(fc.array(fc.nat(2000), { maxLength: 30 })),
  ids: optional(texts),
  dependency: optional(fc.record({ ecosystem: text, name: text, version: optional(text) })),
  fixedVersions: optional(texts),
  exploited: optional(fc.boolean()),
})

const suppression = fc.record({
  reason: text,
  owner: optional(text),
  expires: optional(text),
  source: fc.constantFrom('policy', 'inline'),
})

/** Rules and tools are few, so that several findings have the same. */
export const anyFinding = fc
  .record({
    message: fc.oneof(text, fc.string({ minLength: 900, maxLength: 1300 })),
    rule: fc.oneof(text, fc.constantFrom('CVE-2026-1', 'x'.repeat(400))),
    tool: fc.oneof(text, fc.constantFrom('a-b', 'a.b', 'A-B', 'a b')),
    help: text,
    location: optional(location),
    security: optional(security),
    suppression: optional(suppression),
    witnesses: optional(fc.array(fc.record({ tool: text, rule: text }), { maxLength: 8 })),
  })
  .map((parts) => ({ ...sampleFinding(), ...parts }))
