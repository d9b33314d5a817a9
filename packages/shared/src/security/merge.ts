/** One finding for each risk, whichever tools saw it. The rules stand in docs/deduplication.md. Pure. */
import type { Finding } from '../finding/finding.ts'
import { combine } from './combine.ts'
import { mergeKeys } from './merge-keys.ts'
import { compareWitnesses } from './trust.ts'

/**
 * Findings that share a key are one, also by way of a third. A merged finding stands where the one stood that is shown.
 * Which tools ran, and what each found, is not told by the result. Digests of secrets are used and dropped.
 */
export function mergeRisks(findings: readonly Finding[]): readonly Finding[] {
  return joinRisks(findings).map(finished)
}

/** {@link mergeRisks} with all that more findings are merged by. Not for output. */
export function joinRisks(findings: readonly Finding[]): readonly Finding[] {
  let risks = joinOnce(findings, findings.keys())
  // A secret of which the tool keeps the value goes by the values on its line, which joining others can bring there.
  const mayGoOn = findings.some(hidesValue)
  for (let before = findings.length; mayGoOn && risks.length < before; ) {
    before = risks.length
    const secrets = [...risks.keys()].filter((index) => risks[index]?.security?.kind === 'secret')
    risks = joinOnce(risks, secrets)
  }
  return risks
}

function hidesValue({ security }: Finding): boolean {
  return security?.kind === 'secret' && security.secretDigest === undefined
}

/** Those at `indices`; no others share a key with them. */
function joinOnce(findings: readonly Finding[], indices: Iterable<number>): readonly Finding[] {
  const among = [...indices]
  const leaders = leadersOf(mergeKeys(among.flatMap((index) => findings[index] ?? [])))
  const merged: (Finding | undefined)[] = [...findings]
  for (const group of Map.groupBy(among, (_, at) => leaders[at]).values()) {
    if (group.length === 1) continue
    const ordered = group
      .flatMap((index) => {
        const finding = findings[index]
        return finding === undefined ? [] : [{ index, finding }]
      })
      .toSorted((a, b) => compareWitnesses(a.finding, b.finding) || a.index - b.index)
    const [first] = ordered
    if (first === undefined) continue
    const all = ordered.map(({ finding }) => finding)
    for (const index of group) merged[index] = undefined
    merged[first.index] = combine(first.finding, all)
  }
  return merged.filter((finding) => finding !== undefined)
}

/** Of each index the smallest one that it is connected with: union-find with path halving. */
function leadersOf(keys: readonly (readonly string[])[]): readonly number[] {
  const parents = keys.map((_, index) => index)
  const parentOf = (index: number) => parents[index] ?? index
  const find = (index: number) => {
    let at = index
    while (parentOf(at) !== at) {
      parents[at] = parentOf(parentOf(at))
      at = parentOf(at)
    }
    return at
  }
  const firstWith = new Map<string, number>()
  for (const [index, own] of keys.entries()) {
    for (const each of own) {
      const other = find(firstWith.get(each) ?? index)
      const leader = find(index)
      parents[Math.max(leader, other)] = Math.min(leader, other)
      firstWith.set(each, Math.min(leader, other))
    }
  }
  return parents.map((_, index) => find(index))
}

function finished(finding: Finding): Finding {
  const { stateByLines: _, ...known } = finding
  return withoutSecretDigest(finding.stateByLines === undefined ? finding : known)
}

export function withoutSecretDigest(finding: Finding): Finding {
  if (finding.security?.secretDigest === undefined) return finding
  const { secretDigest: _, ...security } = finding.security
  return { ...finding, security }
}
