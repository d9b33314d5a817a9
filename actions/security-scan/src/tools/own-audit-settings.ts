/** Settings of a project that make its own audits say less. Pure. */
import { posix } from 'node:path'
import type { Notice, ToolRequest } from '@ci-actions/shared'
import type { NodeLock } from './node-lock.ts'

type SettingsFile = '.npmrc' | '.yarnrc.yml' | 'pnpm-workspace.yaml' | 'package.json'

const settings: Readonly<Record<SettingsFile, RegExp>> = {
  '.npmrc': /^[ \t]*(audit|audit-level|omit|offline|only|production)[ \t]*=/m,
  '.yarnrc.yml': /^(npmAuditExcludePackages|npmAuditIgnoreAdvisories)[ \t]*:/m,
  'pnpm-workspace.yaml': /^(auditConfig|auditLevel)[ \t]*:/m,
  'package.json': /"(auditConfig)"[ \t]*:/,
}

/** They are not read here, where the policy decides. `names`: files that the program would have looked into. */
export function unusedSettings(
  { project }: ToolRequest,
  { path }: NodeLock,
  names: readonly SettingsFile[],
): readonly Notice[] {
  return names.flatMap((name): readonly Notice[] => {
    const file = posix.join(posix.dirname(path), name)
    const setting = settings[name].exec(project.texts?.get(file) ?? '')?.[1]
    if (setting === undefined) return []
    const message = `\`${setting}\` in ${posix.join(project.folder, file)} is not used: what is not to count stands with reason, owner and expiry among the suppressions.`
    return [{ level: 'notice', message }]
  })
}
