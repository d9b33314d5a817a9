/** What was proved, as patches, and on a laptop in the working tree. */
import { join } from 'node:path'
import type { OpenedCheck } from '@ci-actions/shared'
import type { ScanContext } from '../scan-context.ts'
import type { AppliedFix } from './apply-fix.ts'
import type { ScratchCopy } from './scratch-copy.ts'

export interface FixPatches {
  /** By name in the report folder. */
  readonly patches: Readonly<Record<string, string>>
  /** Name of the patch that changes a file. */
  readonly patchOf: ReadonlyMap<string, string>
  /** Paths that were written in the working tree. */
  readonly written: readonly string[]
  /** Paths that would have been, but that somebody changed meanwhile. */
  readonly passedOver: readonly string[]
}

export const noPatches: FixPatches = { patches: {}, patchOf: new Map(), written: [], passedOver: [] }

export async function writePatches(
  { host }: ScanContext,
  { top }: OpenedCheck,
  copy: ScratchCopy,
  applied: readonly AppliedFix[],
): Promise<FixPatches> {
  const patches: Record<string, string> = {}
  const patchOf = new Map<string, string>()
  const changed: string[] = []
  for (const group of groupsOf(applied)) {
    const name = `fixes/${(group[0] ?? '').replaceAll(/[^\w./-]/g, '_')}.patch`
    const parts = await Promise.all(group.map((path) => copy.patchOf(path)))
    const text = parts.join('')
    if (text === '') continue
    patches[name] = text
    for (const [index, path] of group.entries()) {
      patchOf.set(path, name)
      if (parts[index] !== '') changed.push(path)
    }
  }
  // What a workflow wrote would be gone with its runner.
  if (host.facts.kind !== 'local') return { patches, patchOf, written: [], passedOver: [] }
  const written: string[] = []
  const passedOver: string[] = []
  for (const path of changed) {
    const target = join(top, ...path.split('/'))
    const status = await host.files.status(target)
    const asItWas = status?.kind === 'file' && (await host.files.readText(target)) === copy.original(path)
    if (asItWas) await host.files.write(target, copy.texts().get(path) ?? '')
    ;(asItWas ? written : passedOver).push(path)
  }
  return { patches, patchOf, written, passedOver }
}

/** Files that one fix changes go into one patch; the file that was found wanting comes first, and names it. */
function groupsOf(applied: readonly AppliedFix[]): readonly (readonly string[])[] {
  let groups: readonly (readonly string[])[] = []
  for (const { touches } of applied) {
    const meets = (group: readonly string[]) => group.some((path) => touches.includes(path))
    const joined = [...new Set([...groups.filter(meets).flat(), ...touches])]
    groups = [...groups.filter((group) => !meets(group)), joined]
  }
  return groups
}
