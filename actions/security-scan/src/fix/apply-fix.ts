/** Carries out one plan in the copy; what does not work leaves nothing behind. */
import { join } from 'node:path'
import type { Rescan } from '@ci-actions/shared'
import { InstallError, messageOf, oneLine, runLocker, shorten, UnavailableError } from '@ci-actions/shared'
import { componentsIn } from './arrived.ts'
import { leadingComment } from './compiled-by.ts'
import type { FixFiles, FixPlan, Refusal, Surroundings } from './fix-plan.ts'
import { planFix } from './fix-plan.ts'
import type { ScratchCopy } from './scratch-copy.ts'
import type { Upgrade } from './upgrade-need.ts'

export interface AppliedFix {
  readonly upgrade: Upgrade
  readonly touches: readonly string[]
  /** Components that its files did not name before, see `componentKey`. */
  readonly introduces: ReadonlySet<string>
  readonly beyond?: string | undefined
  /** The version that the changed file names, where it is known. */
  readonly arrived?: string | undefined
}

type Lock = NonNullable<FixPlan['lock']>

export async function applyFix(
  copy: ScratchCopy,
  upgrade: Upgrade,
  { installs }: Pick<Rescan, 'installs'>,
  surroundings: Surroundings,
): Promise<AppliedFix | Refusal> {
  const plan = planFix(upgrade, copy.texts(), surroundings)
  if ('why' in plan) return plan
  const before = new Map(plan.touches.flatMap((path) => pairOf(path, copy.texts().get(path))))
  const damaged = [...before].find(([, text]) => text.includes('\ufffd'))
  if (damaged !== undefined) return { why: `${damaged[0]} is not UTF-8, so no patch would fit it.` }
  try {
    await copy.write(plan.edits)
    await lock(copy, plan, installs)
    const conflict = await findConflict(copy, plan, installs, before)
    if (conflict !== undefined) {
      await copy.write(before)
      return { why: conflict }
    }
    const same = plan.touches.every((path) => copy.texts().get(path) === before.get(path))
    if (same)
      return {
        why: `${plan.lock?.program ?? 'Writing it anew'} left ${upgrade.path} as it was. ${heldBy(upgrade)}`.trim(),
      }
    return {
      upgrade,
      touches: plan.touches,
      beyond: plan.beyond,
      introduces: introduced(before, copy.texts()),
    }
  } catch (error) {
    if (!(error instanceof InstallError || error instanceof UnavailableError)) throw error
    await copy.write(before)
    return { why: shorten(oneLine(reasonOf(messageOf(error))), 400) }
  }
}

function run(copy: ScratchCopy, { folder, ...request }: Lock, installs: Rescan['installs']): Promise<void> {
  const cwd = join(copy.folder, ...folder.split('/').filter((part) => part !== ''))
  return runLocker(installs, { ...request, cwd })
}

/** Packages that did not fit together before either, or that the index does not know, say nothing about the upgrade. */
async function findConflict(
  copy: ScratchCopy,
  { check, edits }: FixPlan,
  installs: Rescan['installs'],
  before: FixFiles,
): Promise<string | undefined> {
  if (check === undefined) return undefined
  const conflict = await conflictNow(copy, check, installs)
  if (conflict === undefined) return undefined
  await copy.write(before)
  const old = await conflictNow(copy, check, installs)
  await copy.write(edits)
  return old === undefined ? shorten(oneLine(reasonOf(conflict)), 400) : undefined
}

/** An index that is not reached is no conflict. */
async function conflictNow(copy: ScratchCopy, check: Lock, installs: Rescan['installs']) {
  try {
    await run(copy, check, installs)
    return undefined
  } catch (error) {
    if (error instanceof InstallError) return error.message
    if (error instanceof UnavailableError) return undefined
    throw error
  }
}

/** uv says at length how it came to its conclusion; what comes after `Because` is enough. */
function reasonOf(message: string): string {
  const because = /\bBecause ([\s\S]+)$/.exec(message)?.[1]
  if (because === undefined) return message
  const steps = because.replace(/,\s+we\s+can\s+conclude\s+that\s+[^,]*\bunsatisfiable\.\s*$/, '.')
  return `There is no solution, because ${steps}`
}

function introduced(before: FixFiles, texts: FixFiles): ReadonlySet<string> {
  const now = new Map([...before.keys()].flatMap((path) => pairOf(path, texts.get(path))))
  return componentsIn(now).difference(componentsIn(before))
}

function pairOf(path: string, text: string | undefined): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [[path, text]]
}

async function lock(copy: ScratchCopy, plan: FixPlan, installs: Rescan['installs']): Promise<void> {
  if (plan.lock === undefined) return
  await run(copy, plan.lock, installs)
  await copy.refresh(plan.touches)
  const [path] = plan.touches
  const text = path === undefined ? undefined : copy.texts().get(path)
  if (plan.header === undefined || path === undefined || text === undefined) return
  await copy.write(new Map([[path, plan.header + text.slice(leadingComment(text).length)]]))
}

/** What the project asks for itself, and through which the package comes. */
export function heldBy({ direct, via }: Pick<Upgrade, 'direct' | 'via'>): string {
  const [top] = via
  return direct === true || top === undefined || via.length < 2
    ? ''
    : `It comes through \`${top}\`: upgrade that.`
}
