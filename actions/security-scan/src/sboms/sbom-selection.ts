/** What runs where reports are only read: nothing but what looks up the components of bills of materials. */
import type { SelectionRules } from '@ci-actions/shared'
import { osvScanner } from '../tools/osv-scanner.ts'
import { pipAudit } from '../tools/pip-audit.ts'
import type { Sbom } from './sbom-file.ts'
import { sbomOsvScanner } from './sbom-osv-scanner.ts'
import { sbomPipAudit } from './sbom-pip-audit.ts'

export const sbomToolNames: readonly string[] = [pipAudit.id, osvScanner.id]

/** `wanted`: of the input `tools`. */
export function sbomSelection(sboms: readonly Sbom[], wanted: readonly string[]): SelectionRules {
  const isWanted = (id: string) => wanted.length === 0 || wanted.includes('default') || wanted.includes(id)
  const asksOsv = isWanted(osvScanner.id)
  const tools = sboms.length === 0 ? [] : [sbomPipAudit(sboms, { alone: !asksOsv }), sbomOsvScanner(sboms)]
  return { tools, always: tools.map(({ id }) => id), fallback: [], alternatives: [] }
}
