/** Severity computed from vectors of the Common Vulnerability Scoring System. Pure. */
import type { SeverityClaim } from '../finding/finding.ts'
import { baseScore2 } from './cvss-2.ts'
import { baseScore3 } from './cvss-3.ts'
import { baseScore4 } from './cvss-4.ts'
import { severityOfScore } from './severity.ts'

/**
 * What a vector comes to, computed here; `source` is who published it. Undefined for what is no complete and valid
 * vector: a severity must not be guessed.
 *
 * Only base metrics count: threat and environmental ones are somebody's at some day. A vector of version 2 makes a claim
 * of the least trusted kind, since its scale knows nothing of today's: it decides only where nobody else says anything.
 */
export function vectorClaim(source: string, vector: string): SeverityClaim | undefined {
  const text = vector.length > 1000 ? vector : vector.trim()
  const { score, old } = scoresOf(text)
  if (score !== undefined) {
    return { source, by: 'vector', severity: severityOfScore(score), score, vector: text }
  }
  if (old === undefined) return undefined
  return {
    source: `CVSS 2 of ${source}`,
    by: 'table',
    severity: severityOfScore2(old),
    score: old,
    vector: text,
  }
}

interface Scores {
  /** By version 3 or 4. */
  readonly score: number | undefined
  /** By version 2. */
  readonly old: number | undefined
}

/** Scanners repeat the same few vectors. */
const scores = new Map<string, Scores>()
const mostScores = 10_000

function scoresOf(vector: string): Scores {
  const known = scores.get(vector)
  if (known !== undefined) return known
  const score = baseScore4(vector) ?? baseScore3(vector)
  const found = { score, old: score === undefined ? baseScore2(vector) : undefined }
  if (scores.size < mostScores && vector.length < 1000) scores.set(vector, found)
  return found
}

/** NVD's bands of version 2, which has no critical. https://nvd.nist.gov/vuln-metrics/cvss */
function severityOfScore2(score: number): SeverityClaim['severity'] {
  if (score === 0) return 'unknown'
  if (score >= 7) return 'high'
  return score >= 4 ? 'medium' : 'low'
}
