/** The risks of the last scan, from the result that it wrote. */
import { join } from 'node:path'
import type { KnownRisk, Severity } from '@ci-actions/shared'
import { componentOfPurl, findFiles, isRecord, UserError, versionOfPurl } from '@ci-actions/shared'
import type { Host } from '@ci-actions/shared/host'

export interface ScannedRisk extends KnownRisk {
  readonly severity: Severity
}

export interface LastResult {
  /** As shown. */
  readonly path: string
  readonly risks: readonly ScannedRisk[]
}

/** Where reports are written unless `report-dir` says otherwise. */
const reports = 'ci-actions-report/**/result.json'

/** The newest result of a scan, or the file `wanted` (absolute). Undefined where there is none. */
export async function readLastResult(host: Host, wanted?: string): Promise<LastResult | undefined> {
  const { files, facts } = host
  if (wanted !== undefined) {
    const read = await readResult(host, wanted, wanted)
    if (read === undefined)
      throw new UserError(`\`--result\`: ${wanted} is no \`result.json\` of security-scan.`)
    return read
  }
  const found = await findFiles(files, facts.workspace, [reports])
  for (const { path } of found.toSorted((a, b) => b.modifiedMs - a.modifiedMs)) {
    const read = await readResult(host, join(facts.workspace, path), path)
    if (read !== undefined) return read
  }
  return undefined
}

async function readResult({ files }: Host, file: string, path: string): Promise<LastResult | undefined> {
  const text = await files.readText(file)
  const result = text === undefined ? undefined : jsonOf(text)
  if (!isRecord(result) || result['action'] !== 'security-scan') return undefined
  return { path, risks: listAt(result, 'findings').flatMap((finding) => riskOf(finding) ?? []) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined
  return Array.isArray(list) ? list : []
}

function textAt(value: unknown, key: string): string | undefined {
  const text = isRecord(value) ? value[key] : undefined
  return typeof text === 'string' ? text : undefined
}

function riskOf(finding: unknown): ScannedRisk | undefined {
  const security = isRecord(finding) ? finding['security'] : undefined
  const identity = textAt(security, 'identity')
  if (!isRecord(finding) || identity === undefined || finding['state'] === 'fixed') return undefined
  const purl = textAt(security, 'purl')
  const ids = listAt(security, 'ids').filter((id) => typeof id === 'string')
  const rules = [finding, ...listAt(finding, 'witnesses')].flatMap((each) => textAt(each, 'rule') ?? [])
  return {
    identity,
    severity: severities.find((known) => known === textAt(security, 'severity')) ?? 'unknown',
    names: [...ids, ...rules],
    component: purl === undefined ? undefined : componentOfPurl(purl),
    version: purl === undefined ? undefined : versionOfPurl(purl),
    path: textAt(finding['location'], 'path'),
  }
}

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unknown']
