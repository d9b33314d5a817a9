/** What Safety looks up in a database of the user: the exact versions that lists and lock files name. Pure. */
import type { Notice, Project, ToolOutput, ToolRequest } from '@ci-actions/shared'
import { layersOf, pinsOf } from './pip-audit-runs.ts'
import type { PythonAudit } from './python-audits.ts'
import { pythonAudits } from './python-audits.ts'
import { nameSome } from './risk-finding.ts'

export interface SafetyRun {
  readonly audit: PythonAudit
  /** List of requirements that is written for it, and its content. */
  readonly list: string
  readonly text: string
  readonly report: string
}

export function safetyRuns({
  project,
  outputFolder,
}: Pick<ToolRequest, 'project' | 'outputFolder'>): readonly SafetyRun[] {
  return pythonAudits(project).flatMap((audit, index) =>
    layersOf(packagesOf(audit)).map((layer, part) => ({
      audit,
      list: `${outputFolder}/packages-${index}-${part}.txt`,
      text: layer.map(({ name, version }) => `${name}==${version}\n`).join(''),
      report: `${outputFolder}/report-${index}-${part}.json`,
    })),
  )
}

export function runOf({ request, invocation }: ToolOutput): SafetyRun | undefined {
  return safetyRuns(request).find(({ report }) => report === invocation.outputs?.['report'])
}

/** Without an exact version Safety says nothing of a package. */
export function notLookedUp(project: Project): readonly Notice[] {
  return pythonAudits(project).flatMap((audit) => {
    const names = audit.kind === 'project' ? audit.declared.map(({ name }) => name) : openNames(audit)
    if (names.length === 0) return []
    const message = `${audit.file.path}: Safety looks up exact versions only, and there is none of ${nameSome([...new Set(names)], 4)}.`
    return [{ level: 'warning', message }]
  })
}

function packagesOf(audit: PythonAudit) {
  if (audit.kind === 'project') return []
  return audit.kind === 'lock' ? audit.packages : pinsOf(audit)
}

function openNames(audit: Exclude<PythonAudit, { kind: 'project' }>): readonly string[] {
  return packagesOf(audit).flatMap(({ name, version, from }) =>
    from === 'index' && version === undefined ? [name] : [],
  )
}
