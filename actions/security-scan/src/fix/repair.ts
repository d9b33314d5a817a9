/** The smallest upgrades that clear what was found: tried in a copy, and kept only if a second scan proves them. */
import type { Rescan, ToolOutcome } from '@ci-actions/shared'
import { UnavailableError } from '@ci-actions/shared'
import type { Dependencies } from '../own-checks.ts'
import type { ScanContext } from '../scan-context.ts'
import type { AppliedFix } from './apply-fix.ts'
import { applyFix } from './apply-fix.ts'
import { arrivals } from './arrived.ts'
import type { FixPatches } from './fix-patches.ts'
import { noPatches, writePatches } from './fix-patches.ts'
import type { Refusal, Surroundings } from './fix-plan.ts'
import { judgeUpgrades } from './judge-upgrades.ts'
import { compareScans } from './proof.ts'
import { copyManifests } from './scratch-copy.ts'
import type { Unfixed, Upgrade } from './upgrade-need.ts'
import { upgradeFor, upgradeNeeds } from './upgrade-need.ts'

export interface Repair extends FixPatches {
  readonly fixed: readonly AppliedFix[]
  readonly unfixed: readonly Unfixed[]
  /** Scanners that looked again, their names by id. */
  readonly provedBy: ReadonlyMap<string, string>
  /** Why no fix was tried to the end. */
  readonly trouble?: string | undefined
}

/** Each takes a scan; more of them would mean that upgrades keep bringing what is worse. */
const mostRounds = 6

/** What cannot be tried is said in the report; the verdict stands without it. */
export async function repairDependencies(
  context: ScanContext,
  rescan: Rescan,
  dependencies: readonly Dependencies[],
): Promise<Repair> {
  try {
    return await findRepair(context, rescan, dependencies)
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    return { ...noPatches, fixed: [], unfixed: [], provedBy: new Map(), trouble: error.message }
  }
}

async function findRepair(
  context: ScanContext,
  rescan: Rescan,
  dependencies: readonly Dependencies[],
): Promise<Repair> {
  const scanners = rescan.ran.filter(looksAtDependencies)
  const needs = upgradeNeeds(
    rescan.compared.flatMap(({ part }) => part.findings),
    scanners,
  )
  const answers = needs.map(upgradeFor)
  const unfixed = answers.filter((each) => 'why' in each)
  let upgrades: readonly Upgrade[] = answers.filter((each) => 'to' in each)
  for (let round = 1; upgrades.length > 0 && round <= mostRounds; round += 1) {
    const tried = await tryUpgrades({ context, rescan, dependencies, scanners }, upgrades)
    unfixed.push(...tried.unfixed)
    upgrades = tried.again
    if (tried.done !== undefined) {
      const provedBy = new Map(scanners.map(({ tool }) => [tool.id, tool.name]))
      return { ...tried.done, unfixed, provedBy }
    }
  }
  const why = `After ${mostRounds} tries there was still no set of upgrades that a scan found nothing in.`
  return {
    ...noPatches,
    fixed: [],
    unfixed: [...unfixed, ...upgrades.map((need) => ({ need, why }))],
    provedBy: new Map(),
  }
}

function looksAtDependencies({ tool, run, findings }: ToolOutcome): boolean {
  if (run.status !== 'clean' && run.status !== 'findings') return false
  const says = tool.kind === 'dependencies' && tool.metrics.includes('findings')
  return says || findings.some(({ security }) => security?.kind === 'vulnerability')
}

interface Workshop {
  readonly context: ScanContext
  readonly rescan: Rescan
  readonly dependencies: readonly Dependencies[]
  /** What each scanner found in the project as it is. */
  readonly scanners: readonly ToolOutcome[]
}

interface Tried {
  readonly unfixed: readonly Unfixed[]
  /** To be tried in the next round. */
  readonly again: readonly Upgrade[]
  /** Where the scan found nothing against what was tried. */
  readonly done?: (FixPatches & { readonly fixed: readonly AppliedFix[] }) | undefined
}

async function tryUpgrades(workshop: Workshop, upgrades: readonly Upgrade[]): Promise<Tried> {
  const { context, rescan, dependencies, scanners } = workshop
  const { host, inputs } = context
  const surroundings: Surroundings = { trusted: host.facts.kind === 'local', offline: inputs.offline }
  const copy = await copyManifests(host, rescan.opened, dependencies)
  try {
    const first = await applyAll(upgrades, (upgrade) => applyFix(copy, upgrade, rescan, surroundings))
    // What did not fit before another package moved may fit now.
    const retried = first.applied.length === 0 ? [] : first.unfixed.map(({ need }) => need)
    const second = await applyAll(retried, (upgrade) => applyFix(copy, upgrade, rescan, surroundings))
    const applied = [...first.applied, ...second.applied]
    const unfixed = retried.length === 0 ? first.unfixed : second.unfixed
    if (applied.length === 0) return { unfixed, again: [] }
    const after = await rescan.run(copy.folder, new Set(scanners.map(({ tool }) => tool.id)))
    const arrived = arrivals(copy.texts())
    const judged = judgeUpgrades(applied, compareScans(scanners, after), arrived)
    const all = [...unfixed, ...judged.unfixed]
    if (judged.changed) return { unfixed: all, again: judged.again }
    const fixed = applied.map((fix) => ({ ...fix, arrived: arrived(fix.upgrade).version }))
    const patches = await writePatches(context, rescan.opened, copy, applied)
    return { unfixed: all, again: [], done: { fixed, ...patches } }
  } finally {
    await copy.remove()
  }
}

interface AppliedAll {
  readonly applied: readonly AppliedFix[]
  readonly unfixed: readonly (Unfixed & { readonly need: Upgrade })[]
}

/** One after another, since they may change the same file. */
async function applyAll(
  upgrades: readonly Upgrade[],
  apply: (upgrade: Upgrade) => Promise<AppliedFix | Refusal>,
): Promise<AppliedAll> {
  const applied: AppliedFix[] = []
  const unfixed: (Unfixed & { readonly need: Upgrade })[] = []
  for (const need of upgrades) {
    const result = await apply(need)
    if ('why' in result) unfixed.push({ need, why: result.why })
    else applied.push(result)
  }
  return { applied, unfixed }
}
