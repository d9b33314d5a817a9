/** What was proved, as patches, and on a laptop in the working tree. */
import { join } from 'node:path'
import type { Host, OpenedCheck } from '@ci-actions/shared'
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
  /** Paths without a patch, since it would show a secret: masked, it fits nothing. */
  readonly secret: readonly string[]
}

export const noPatches: FixPatches = {
  patches: {},
  patchOf: new Map(),
  written: [],
  passedOver: [],
  secret: [],
}

export async function writePatches(
  { host }: ScanContext,
  { top }: OpenedCheck,
  copy: ScratchCopy,
  applied: readonly AppliedFix[],
): Promise<FixPatches> {
  const patches: Record<string, string> = {}
  const patchOf = new Map<string, string>()
  const changed: string[] = []
  const secret: string[] = []
  for (const group of groupsOf(applied)) {
    const name = `fixes/${(group[0] ?? '').replaceAll(/[^\w./-]/g, '_')}.patch`
    const different = group.filter((path) => copy.texts().get(path) !== copy.original(path))
    if (different.length === 0) continue
    changed.push(...different)
    const text = await patchOfGroup(host, copy, group)
    if (text === undefined) {
      secret.push(...different)
      continue
    }
    patches[name] = text
    for (const path of group) patchOf.set(path, name)
  }
  // What a workflow wrote would be gone with its runner.
  if (host.facts.kind !== 'local') return { patches, patchOf, written: [], passedOver: [], secret }
  const written: string[] = []
  const passedOver: string[] = []
  for (const path of changed) {
    const target = join(top, ...path.split('/'))
    const status = await host.files.status(target)
    const asItWas = status?.kind === 'file' && (await host.files.readText(target)) === copy.original(path)
    if (asItWas) await host.files.write(target, copy.texts().get(path) ?? '')
    ;(asItWas ? written : passedOver).push(path)
  }
  return { patches, patchOf, written, passedOver, secret }
}

/** With as much around the changes as shows no secret; undefined where a change itself stands beside one. */
async function patchOfGroup(
  { runner }: Host,
  copy: ScratchCopy,
  group: readonly string[],
): Promise<string | undefined> {
  for (const context of [3, 2, 1]) {
    const parts = await Promise.all(group.map((path) => copy.patchOf(path, context)))
    const text = parts.join('')
    if (runner.redact(text) === text) return text
  }
  return undefined
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
