/** Which upgrades a second scan leaves standing, and which have to go on to another version. Pure. */
import type { Finding } from '@ci-actions/shared'
import type { AppliedFix } from './apply-fix.ts'
import { heldBy } from './apply-fix.ts'
import type { arrivals } from './arrived.ts'
import { componentKey } from './arrived.ts'
import type { Proof } from './proof.ts'
import type { Unfixed, Upgrade } from './upgrade-need.ts'
import { bestIdOf, raisedUpgrade } from './upgrade-need.ts'

export interface Judged {
  readonly unfixed: readonly Unfixed[]
  readonly again: readonly Upgrade[]
  readonly changed: boolean
}

/** An upgrade stays, goes further up, or is given up with the reason. */
export function judgeUpgrades(
  applied: readonly AppliedFix[],
  proof: Proof,
  arrived: ReturnType<typeof arrivals>,
): Judged {
  const { failure } = proof
  if (failure !== undefined) {
    const why = `It could not be proved. ${failure}`
    return { unfixed: applied.map(({ upgrade }) => ({ need: upgrade, why })), again: [], changed: true }
  }
  const unfixed: Unfixed[] = []
  const again: Upgrade[] = []
  let changed = false
  for (const { upgrade } of applied) {
    const left = proof.left(upgrade)
    // What a scanner does not find any more, but the file still says, it has only stopped looking at.
    const stayed = left.length === 0 && arrived(upgrade).stayed
    const raised = stayed ? undefined : left.length === 0 ? upgrade : raisedUpgrade(upgrade, left)
    if (raised === undefined) unfixed.push({ need: upgrade, why: whatIsLeft(upgrade, left) })
    else again.push(raised)
    changed ||= raised !== upgrade
  }
  return changed ? { unfixed, again, changed } : withoutHarm(applied, proof)
}

/** An upgrade that brings something new in another package is none. */
function withoutHarm(applied: readonly AppliedFix[], proof: Proof): Judged {
  const unfixed: Unfixed[] = []
  const again: Upgrade[] = []
  for (const fix of applied) {
    const { upgrade, touches } = fix
    const [worse] = proof.brought(touches).filter((each) => isBlamed(each, fix, applied))
    if (worse === undefined) again.push(upgrade)
    else unfixed.push({ need: upgrade, why: `${nameOf(worse)} would come with ${bestIdOf(worse)}.` })
  }
  return { unfixed, again, changed: unfixed.length > 0 }
}

/** Where no fix is known to have brought it, all that changed its file. */
function isBlamed(finding: Finding, fix: AppliedFix, applied: readonly AppliedFix[]): boolean {
  const { dependency } = finding.security ?? {}
  if (dependency === undefined) return false
  const key = componentKey(finding.location?.path ?? '', dependency, dependency.version)
  const known = applied.some(({ introduces }) => introduces.has(key))
  return !known || fix.introduces.has(key)
}

function whatIsLeft(upgrade: Upgrade, left: readonly Finding[]): string {
  const [first] = left
  const ids = [...new Set(left.map(bestIdOf))].toSorted().join(', ')
  const stays = first === undefined || first.security?.dependency?.version === upgrade.from
  const what = stays
    ? upgrade.direct === true
      ? `${upgrade.name} ${upgrade.from} is still there: something else asks for it too.`
      : `Nothing newer than ${upgrade.from} fits what asks for it.`
    : `${nameOf(first)} still has ${ids}.`
  return `${what} ${heldBy(upgrade)}`.trim()
}

function nameOf({ security }: Finding): string {
  const { name = 'a package', version } = security?.dependency ?? {}
  return version === undefined ? name : `${name} ${version}`
}
