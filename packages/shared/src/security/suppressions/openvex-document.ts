/** Suppressed vulnerabilities as an OpenVEX document, for those who scan the product. Pure. */
import { createHash } from 'node:crypto'
import type { Finding, Security, Suppression } from '../../finding/finding.ts'
import { visibleJson } from '../../report/visible.ts'
import { packageUrl } from '../package-url.ts'
import { advisoryIds, compareText } from '../risk-names.ts'

export interface OpenVexRequest {
  /** As judged; those that are not suppressed are left out. */
  readonly findings: readonly Finding[]
  /** Package URL or other IRI of what was scanned. */
  readonly product: string
  readonly author: string
  /** `YYYY-MM-DD`: the document of a day is the same whenever it is made. */
  readonly today: string
}

/** https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md. Undefined where no vulnerability is suppressed. */
export function renderOpenVex({ findings, product, author, today }: OpenVexRequest): string | undefined {
  const statements = new Map<string, object>()
  for (const { security, suppression } of findings) {
    if (security?.kind !== 'vulnerability' || suppression === undefined) continue
    const statement = statementOf(security, suppression, product)
    if (statement !== undefined) statements.set(JSON.stringify(statement), statement)
  }
  if (statements.size === 0) return undefined
  const sorted = [...statements].toSorted(([a], [b]) => compareText(a, b)).map(([, statement]) => statement)
  const digest = createHash('sha256')
    .update(JSON.stringify([product, author, today, sorted]))
    .digest('hex')
  const document = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `https://openvex.dev/docs/public/vex-${digest}`,
    author,
    timestamp: `${today}T00:00:00Z`,
    version: 1,
  }
  const head = Object.entries(document).map(([key, value]) => `  "${key}": ${visibleJson(value)},\n`)
  return `{\n${head.join('')}  "statements": [\n    ${sorted.map(visibleJson).join(',\n    ')}\n  ]\n}\n`
}

function statementOf(security: Security, suppression: Suppression, product: string): object | undefined {
  const [name, ...aliases] = advisoryIds(security)
  if (name === undefined) return undefined
  const { dependency } = security
  return {
    vulnerability: { name, ...(aliases.length > 0 && { aliases }) },
    products: [
      {
        '@id': product,
        ...(dependency !== undefined && { subcomponents: [{ '@id': packageUrl(dependency) }] }),
      },
    ],
    ...answerOf(suppression),
  }
}

/** An accepted risk is there all the same: only what does not affect is said not to. */
function answerOf({ status, justification, reason, expires }: Suppression): object {
  if (status === 'not-affected' || status === 'false-positive') {
    const impact = status === 'false-positive' ? `False positive: ${reason}` : reason
    return {
      status: 'not_affected',
      ...(justification !== undefined && { justification }),
      impact_statement: impact,
    }
  }
  const until = expires === undefined ? '' : ` until ${expires}`
  const verb = status === 'will-be-fixed' ? 'To be fixed' : 'Accepted'
  return { status: 'affected', action_statement: `${verb}${until}: ${reason}` }
}
