import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding, FindingState, RiskKind, Security, SeverityClaim } from '../finding/finding.ts'
import { riskIdentity } from './identity.ts'
import { joinRisks, mergeRisks } from './merge.ts'
import { resolveSeverity } from './severity.ts'

const kinds: readonly RiskKind[] = [
  'vulnerability',
  'weakness',
  'secret',
  'misconfiguration',
  'license',
  'hygiene',
]
const some = <Value>(...values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

const claim: fc.Arbitrary<SeverityClaim> = fc.record({
  source: fc.constantFrom('nvd', 'ghsa', 'bandit'),
  by: fc.constantFrom('vector', 'score', 'word', 'table'),
  severity: fc.constantFrom('critical', 'high', 'medium', 'low', 'unknown'),
})

const path = fc.constantFrom('a.py', 'Dockerfile')

/** Small alphabets, so that much of it is the same; parts are missing now and then. */
const risk: fc.Arbitrary<Finding> = fc
  .record({
    tool: fc.constantFrom('bandit', 'semgrep', 'gitleaks', 'trivy', 'hadolint', 'osv-scanner'),
    rule: fc.constantFrom(
      'B602',
      'generic-api-key',
      'github-pat',
      'private-key',
      'DL3002',
      'DS-0002',
      'DL3020',
      '?',
    ),
    level: fc.constantFrom('error', 'warning', 'note'),
    state: fc.constantFrom<FindingState>('new', 'unchanged', 'fixed', 'tool-changed', 'unknown'),
    stateByLines: some(true),
    message: fc.constantFrom('one', 'two'),
    location: fc.option(fc.record({ path, line: some(1, 2), column: some(1, 5) }), { nil: undefined }),
    suppression: some({ reason: 'r', source: 'inline' }, { reason: 's', source: 'inline' }),
    kind: fc.constantFrom(...kinds),
    claims: fc.array(claim, { maxLength: 2 }),
    cwe: fc.subarray([77, 78, 89, 20]),
    ids: fc.subarray(['CVE-2024-1', 'GHSA-aaaa', 'ghsa-AAAA', 'PYSEC-2024-1', '51668', '']),
    dependency: fc.option(
      fc.record({
        ecosystem: fc.constant('pypi'),
        name: fc.constantFrom('Jinja2', ''),
        version: some('1.0', '2.0'),
      }),
      { nil: undefined },
    ),
    fixedVersions: fc.subarray(['1.0', '9.1', '10.0']),
    resource: some('aws_s3_bucket.logs', ''),
    exploited: some(true, false),
    epss: some(0.1, 0.9),
    lineDigest: some('aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'),
    secretDigest: some('11', '22'),
  })
  .map(
    ({ tool, rule, level, state, stateByLines, message, location, suppression, secretDigest, ...raw }) => ({
      tool,
      rule,
      level,
      state,
      ...(state !== 'fixed' && { stateByLines }),
      message,
      location,
      suppression,
      fingerprint: `${tool} ${rule} ${message}`,
      metric: raw.kind,
      security: { ...raw, ...resolveSeverity(raw.claims), ...(raw.kind === 'secret' && { secretDigest }) },
    }),
  )

const risks = fc.array(risk, { maxLength: 12 })

/** Equal whatever the order, and whether a key that says nothing is there. */
function sorted(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => JSON.stringify(sortKeys(finding))).toSorted()
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sortKeys(each)]),
  )
}

/** A secret of which the tool keeps the value to itself looks for the only value at its place. */
const hasNoValue = ({ security }: Finding) =>
  security?.kind === 'secret' && security.secretDigest === undefined

describe('merging', () => {
  test('does not depend on the order', () => {
    fc.assert(
      fc.property(
        risks.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(sorted(mergeRisks(shuffled))).toEqual(sorted(mergeRisks(all)))
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('of what is merged changes nothing', () => {
    fc.assert(
      fc.property(risks, (all) => {
        const merged = joinRisks(all)
        expect(joinRisks(merged)).toEqual(merged)
      }),
      { numRuns: 1000 },
    )
  })

  test('does not depend on where a batch ends', () => {
    fc.assert(
      fc.property(risks, risks, (one, two) => {
        const [first, second] = [one, two].map((batch) => batch.filter((finding) => !hasNoValue(finding)))
        const inBatches = joinRisks([...joinRisks(first ?? []), ...(second ?? [])])
        expect(sorted(inBatches)).toEqual(sorted(joinRisks([...(first ?? []), ...(second ?? [])])))
      }),
      { numRuns: 1000 },
    )
  })

  test('never makes more of them, and loses no finder', () => {
    fc.assert(
      fc.property(risks, (all) => {
        const merged = mergeRisks(all)
        expect(merged.length).toBeLessThanOrEqual(all.length)
        const finders = (findings: readonly Finding[]) =>
          new Set(
            findings.flatMap(({ tool, rule, witnesses = [] }) =>
              [{ tool, rule }, ...witnesses].map((each) => `${each.tool} ${each.rule}`),
            ),
          )
        expect(finders(merged)).toEqual(finders(all))
      }),
    )
  })

  test('leaves alone what has no identity', () => {
    fc.assert(
      fc.property(risks, (all) => {
        const alone = all.filter((finding) => riskIdentity(finding) === undefined)
        const merged = sorted(mergeRisks(all))
        for (const finding of alone) expect(merged).toContain(sorted(mergeRisks([finding]))[0])
      }),
      { numRuns: 1000 },
    )
  })

  test('is never milder than the most severe claim of the most trusted kind', () => {
    const order = ['low', 'medium', 'high', 'critical']
    fc.assert(
      fc.property(risks, (all) => {
        for (const { security } of mergeRisks(all)) {
          const known = (security?.claims ?? []).filter(({ severity }) => severity !== 'unknown')
          const trusted = ['vector', 'score', 'word', 'table'].find((by) =>
            known.some((each) => each.by === by),
          )
          const severest = Math.max(
            -1,
            ...known.filter(({ by }) => by === trusted).map(({ severity }) => order.indexOf(severity)),
          )
          expect(order.indexOf(security?.severity ?? '')).toBe(severest)
        }
      }),
    )
  })

  test('never makes one of two different secrets', () => {
    fc.assert(
      fc.property(risks, (all) => {
        const values = (findings: readonly Finding[]) =>
          new Set(
            findings.flatMap(({ rule, location, security }) =>
              isSecret(rule, security) && location ? `${location.path} ${security?.secretDigest}` : [],
            ),
          )
        expect(values(joinRisks(all))).toEqual(values(all))
      }),
      { numRuns: 1000 },
    )
  })

  test('lets no digest of a secret out', () => {
    fc.assert(
      fc.property(risks, (all) => {
        expect(JSON.stringify(mergeRisks(all))).not.toContain('secretDigest')
      }),
    )
  })
})

/** A private key is known by its place. */
function isSecret(rule: string, security: Security | undefined): boolean {
  return security?.secretDigest !== undefined && rule !== 'private-key'
}

test('25,000 findings of five tools come to one finding for each risk', () => {
  const tools = ['bandit', 'semgrep', 'osv-scanner', 'pip-audit', 'gitleaks']
  const all = Array.from({ length: 25_000 }, (_, index): Finding => {
    const [tool = '', each] = [tools[index % 5], Math.floor(index / 5)]
    const kind = kinds[each % 3] ?? 'weakness'
    return {
      tool,
      rule: 'B602',
      level: 'error',
      message: 'm',
      fingerprint: 'f',
      state: 'new',
      location: { path: `src/some/folder/module-${each % 500}.py`, line: each },
      security: {
        kind,
        claims: [{ source: tool, by: 'word', severity: 'high' }],
        severity: 'high',
        severitySource: tool,
        cwe: [78],
        ids: [`CVE-2024-${each}`, `GHSA-${index}`],
        dependency: { ecosystem: 'pypi', name: `package-${each % 500}`, version: '1.0' },
        lineDigest: `${each}`,
        secretDigest: `${each}`,
      },
    }
  })
  const merged = mergeRisks(all)
  expect(merged).toHaveLength(5000)
  expect(new Set(merged.map(({ witnesses }) => witnesses?.length))).toEqual(new Set([5]))
})
