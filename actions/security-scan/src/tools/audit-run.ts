/** What audits of npm, pnpm and Yarn have in common: each lock in a folder of its own, and an answer that is proved. Pure. */
import { basename, join, posix } from 'node:path'
import type {
  Invocation,
  Notice,
  RawFinding,
  ToolOutput,
  ToolRequest,
  ToolResult,
  ToolSettings,
} from '@ci-actions/shared'
import { UserError } from '@ci-actions/shared'
import { withoutProbe } from './audit-probe.ts'
import type { AuditRegistry } from './audit-registry.ts'
import { auditRegistry, registryNotices } from './audit-registry.ts'
import type { AboutNodePackage } from './node-advisory.ts'
import { unplaced } from './node-advisory.ts'
import type { NodeLock } from './node-lock.ts'
import { readNodeLock } from './node-lock.ts'
import { factsOfSet } from './npm-lock-facts.ts'

export interface AuditedLock {
  /** As the report names the program. */
  readonly who: string
  readonly lock: NodeLock
  readonly registry: AuditRegistry
}

export function refuseOffline(who: string, settings: ToolSettings): void {
  if (settings['offline'] !== true) return
  throw new UserError(
    `${who} asks the registry about every package, which \`offline\` forbids. Take it out with \`tools\`; OSV-Scanner reads the same lock files with a local database.`,
  )
}

/**
 * For the lock at an index. The folder holds the files given and nothing of the project, so that nothing that a pull
 * request can write is run, or says who is asked and what is left out.
 */
export function auditIn(
  { outputFolder }: ToolRequest,
  index: number,
  files: Readonly<Record<string, string>>,
): Pick<Invocation, 'cwd' | 'inputs'> {
  const folder = join(outputFolder, String(index))
  const inputs = Object.entries(files).map(([name, text]) => [join(folder, name), text] as const)
  return { cwd: folder, inputs: Object.fromEntries(inputs) }
}

export function lockOf(
  { request, invocation }: Pick<ToolOutput, 'request' | 'invocation'>,
  about: {
    readonly who: string
    readonly locks: readonly string[]
    readonly registryNames: readonly string[]
  },
): AuditedLock {
  const path = about.locks[Number(basename(invocation.cwd ?? ''))] ?? ''
  const lock = readNodeLock(request.project, path)
  // What was asked about then is not what is locked.
  if (lock.broken !== undefined) throw new UserError(`${about.who} audited nothing: ${lock.broken}`)
  return { who: about.who, lock, registry: auditRegistry(request, path, about.registryNames) }
}

/** As the lock knows it, by name and version. */
export function aboutLocked({ lock: { set } }: AuditedLock): AboutNodePackage {
  if (set === undefined) return unplaced
  const find = factsOfSet(set, '')
  return (found) =>
    find(({ name, version }) => name === found.name.toLowerCase() && version === found.version) ??
    unplaced({ name: found.name, version: found.version })
}

/** With the place in the repository, not that of our copy, in whose folder the program ran. */
export function auditResult(
  { who, lock, registry }: AuditedLock,
  { project }: ToolRequest,
  {
    findings,
    notices = [],
  }: { readonly findings: readonly RawFinding[]; readonly notices?: readonly Notice[] },
): ToolResult {
  const path = posix.join(project.root, lock.path)
  return {
    findings: withoutProbe(findings, lock, registry).map((each) => ({
      ...each,
      location: { ...each.location, path },
    })),
    notices: [...lock.notices, ...notices, ...registryNotices(registry, who)],
    filesChecked: 1,
  }
}
