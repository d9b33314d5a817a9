/** Base score of CVSS 2. https://www.first.org/cvss/v2/guide, section 3.2.1. Pure. */
import { parseVector } from './cvss-vector.ts'

const grammar = {
  prefix: /^(?=AV:)/,
  base: { AV: 'LAN', AC: 'HML', Au: 'MSN', C: 'NPC', I: 'NPC', A: 'NPC' },
  others: {
    E: 'U POC F H ND',
    RL: 'OF TF W U ND',
    RC: 'UC UR C ND',
    CDP: 'N L LM MH H ND',
    TD: 'N L M H ND',
    CR: 'L M H ND',
    IR: 'L M H ND',
    AR: 'L M H ND',
  },
}

const weights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
}

/** Undefined for what is no vector of version 2, which is written without a prefix. */
export function baseScore2(vector: string): number | undefined {
  const metrics = parseVector(vector, grammar)
  if (metrics === undefined) return undefined
  const weight = (name: string) => weights[name]?.[metrics.get(name) ?? ''] ?? Number.NaN
  const impact = 10.41 * (1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A')))
  if (impact === 0) return 0
  const exploitability = 20 * weight('AV') * weight('AC') * weight('Au')
  return Math.round((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176 * 10) / 10
}
