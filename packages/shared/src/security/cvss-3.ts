/** Base score of CVSS 3.0 and 3.1. https://www.first.org/cvss/v3-1/specification-document, section 7. Pure. */
import type { MetricValues } from './cvss-vector.ts'
import { parseVector } from './cvss-vector.ts'

const base = { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'HLN', I: 'HLN', A: 'HLN' }

const temporalAndEnvironmental: MetricValues = {
  E: 'X U P F H',
  RL: 'X O T W U',
  RC: 'X U R C',
  CR: 'X L M H',
  IR: 'X L M H',
  AR: 'X L M H',
  ...Object.fromEntries(
    Object.entries(base).map(([name, values]) => [`M${name}`, ['X', ...values].join(' ')]),
  ),
}

const grammar = { prefix: /^CVSS:3\.[01]\//, base, others: temporalAndEnvironmental }

const attackVector: Weights = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 }
const attackComplexity: Weights = { L: 0.77, H: 0.44 }
const userInteraction: Weights = { N: 0.85, R: 0.62 }
const privileges: Weights = { N: 0.85, L: 0.62, H: 0.27 }
const privilegesInChangedScope: Weights = { N: 0.85, L: 0.68, H: 0.5 }
const impact: Weights = { H: 0.56, L: 0.22, N: 0 }

type Weights = Readonly<Record<string, number>>

/** Undefined for what is no vector of version 3; temporal and environmental metrics are checked and left out. */
export function baseScore3(vector: string): number | undefined {
  const metrics = parseVector(vector, grammar)
  if (metrics === undefined) return undefined
  const weight = (name: string, weights: Weights) => weights[metrics.get(name) ?? ''] ?? Number.NaN
  const changed = metrics.get('S') === 'C'
  const lost = 1 - (1 - weight('C', impact)) * (1 - weight('I', impact)) * (1 - weight('A', impact))
  const impactScore = changed ? 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15 : 6.42 * lost
  if (impactScore <= 0) return 0
  const exploitability =
    8.22 *
    weight('AV', attackVector) *
    weight('AC', attackComplexity) *
    weight('PR', changed ? privilegesInChangedScope : privileges) *
    weight('UI', userInteraction)
  return roundUp(Math.min((changed ? 1.08 : 1) * (impactScore + exploitability), 10))
}

/** Appendix A of 3.1: without it, 4.02 could come out as 4.1 on one machine and as 4.0 on another. */
function roundUp(score: number): number {
  const inHundredThousandths = Math.round(score * 100_000)
  return inHundredThousandths % 10_000 === 0
    ? inHundredThousandths / 100_000
    : (Math.floor(inHundredThousandths / 10_000) + 1) / 10
}
