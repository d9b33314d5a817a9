/** Reads what `detect-secrets scan` prints, and baselines, which have the same form. */
import { hash } from 'node:crypto'
import type { JsonRecord, RawFinding, ToolResult } from '@ci-actions/shared'
import { listOf, maybeNumber, recordOf, ToolOutputError, tableClaim, textOf } from '@ci-actions/shared'
import { parseConfidentialJson } from './confidential-json.ts'
import { riskFinding } from './risk-finding.ts'

/** What its own detectors digest in place of a token. */
const prefixes = [...['ghp', 'gho', 'ghu', 'ghs', 'ghr'], ...['glpat', 'gldt', 'glft', 'glsoat', 'glrt']]
const noDigests: ReadonlySet<string> = new Set(prefixes.map((prefix) => hash('sha1', prefix)))

/** One secret at one place; it is known by its SHA-1 alone. */
export interface DetectedSecret {
  readonly path: string
  readonly type: string
  /** Undefined where detect-secrets digests something else: a prefix of the token, the first line of the key. */
  readonly sha1: string | undefined
  readonly line: number | undefined
  readonly verified: boolean
  /** What a person decided in an audit; undefined where nobody did. */
  readonly isSecret: boolean | undefined
}

/** Those that an audit found to be no secrets are left out. */
export function parseDetectSecretsReport(text: string): ToolResult {
  return { findings: findingsOf(readSecrets(text).filter(({ isSecret }) => isSecret !== false)) }
}

export function readSecrets(text: string): readonly DetectedSecret[] {
  const report = recordOf(parseConfidentialJson(text, 'detect-secrets'), 'detect-secrets')
  return Object.entries(recordOf(report['results'], 'detect-secrets')).flatMap(([path, found]) =>
    listOf(found, 'detect-secrets').map((each) => toSecret(path, recordOf(each, 'detect-secrets'))),
  )
}

function toSecret(path: string, found: JsonRecord): DetectedSecret {
  const sha1 = textOf(found, 'hashed_secret', 'detect-secrets')
  if (!/^[0-9a-f]{40}$/i.test(sha1)) throw new ToolOutputError('detect-secrets: a digest is no SHA-1.')
  const isSecret = found['is_secret']
  const type = textOf(found, 'type', 'detect-secrets')
  const isOfValue = type !== 'Private Key' && !noDigests.has(sha1.toLowerCase())
  return {
    path,
    type,
    sha1: isOfValue ? sha1.toLowerCase() : undefined,
    line: maybeNumber(found, 'line_number'),
    verified: found['is_verified'] === true,
    isSecret: typeof isSecret === 'boolean' ? isSecret : undefined,
  }
}

/** Several detectors that find the same secret on the same line are one finding. */
export function findingsOf(secrets: readonly DetectedSecret[]): readonly RawFinding[] {
  const places = Map.groupBy(secrets, ({ path, line, sha1, type }) =>
    JSON.stringify([path, line, sha1 ?? type]),
  )
  return [...places.values()].flatMap((same) => {
    const first = same.toSorted((a, b) => rank(a) - rank(b) || (a.type < b.type ? -1 : 1))[0]
    return first === undefined
      ? []
      : [toFinding({ ...first, verified: same.some(({ verified }) => verified) })]
  })
}

/** What names a kind of key says more than that a variable is called like one. */
function rank({ type }: DetectedSecret): number {
  return type === 'Secret Keyword' ? 1 : /High Entropy/.test(type) ? 2 : 0
}

function toFinding({ path, type, sha1, line, verified }: DetectedSecret): RawFinding {
  return riskFinding(
    {
      kind: 'secret',
      claims: [tableClaim('detect-secrets', verified ? 'verified' : 'unverified')],
      cwe: [798],
      secret: { ...(sha1 !== undefined && { sha1 }), ...(verified && { verified }) },
    },
    {
      rule: type,
      message:
        type === 'Secret Keyword' ? 'A value is assigned to a name of a secret.' : `Looks like: ${type}.`,
      location: { path, line },
    },
  )
}
