import type { Notice } from '@ci-actions/shared'
import { nameSome } from '../tools/risk-finding.ts'
import type { Sbom } from './sbom-file.ts'

export function unnamedNotices({ path, unnamed }: Sbom): readonly Notice[] {
  if (unnamed.length === 0) return []
  const message = `${path}: not looked up, since there is no package URL with a version: ${nameSome(unnamed)}.`
  return [{ level: 'warning', message }]
}
