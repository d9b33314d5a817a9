/** What is remembered of a tool's files, and what has to be looked at. */
import { posix } from 'node:path'
import type { Finding } from '../finding/finding.ts'
import type { Measurement } from '../gate/metric.ts'
import type { ImportsGraph } from './imports-graph.ts'
import { closureDigest } from './imports-graph.ts'
import type { Project } from './project.ts'
import type { RememberedEntry, RememberedResults } from './remembered.ts'
import type { RunFacts } from './remembered-key.ts'
import { fileKey, packageChains, runKey } from './remembered-key.ts'
import type { Sources } from './sources.ts'
import type { Notice, Tool } from './tool.ts'

export interface RecallRequest {
  readonly tool: Tool
  readonly project: Project
  readonly files: readonly string[]
  readonly facts: RunFacts
  readonly sources: Sources
  readonly remembered: RememberedResults
  /** For tools that look along imports. */
  readonly graph?: ImportsGraph | undefined
}

export interface Recall {
  /** Digest of what all files share; also the key of what was said about the configuration. */
  readonly run: string
  /** Keys of files, relative to the package; files without one are never remembered. */
  readonly keys: ReadonlyMap<string, string>
  readonly known: ReadonlyMap<string, RememberedEntry>
  readonly notices: readonly Notice[]
  /** Files to give to the tool. */
  readonly fresh: readonly string[]
}

export async function recall(request: RecallRequest): Promise<Recall> {
  const { tool, files, remembered } = request
  const run = runKey(request.facts)
  const about = await remembered.get(tool.id, run)
  const keys = await keysOf(request, run)
  const known = new Map<string, RememberedEntry>()
  // What was said about the configuration was lost: somebody has to say it again.
  for (const [file, key] of about === undefined ? [] : keys) {
    const entry = await remembered.get(tool.id, key)
    if (entry !== undefined) known.set(file, entry)
  }
  return { run, keys, known, notices: about?.notices ?? [], fresh: files.filter((file) => !known.has(file)) }
}

async function keysOf(request: RecallRequest, run: string): Promise<ReadonlyMap<string, string>> {
  const { tool, project, sources, graph } = request
  const chain = packageChains(project)
  const digest = async (file: string) => (await sources.file(inRepository(project, file)))?.digest
  const keys = new Map<string, string>()
  for (const path of request.files) {
    const file = await sources.file(inRepository(project, path))
    const imports = tool.scope === 'imports' ? graph && (await closureDigest(graph, path, digest)) : ''
    if (file === undefined || imports === undefined) continue
    const others = await Promise.all(
      (tool.rememberedWith?.(path, project, request.facts.settings) ?? []).map((text) =>
        withDigest(text, digest),
      ),
    )
    const { executable } = file
    keys.set(
      path,
      fileKey(run, { path, digest: file.digest, executable, packageChain: chain(path), others, imports }),
    )
  }
  return keys
}

async function withDigest(
  text: string,
  digest: (file: string) => Promise<string | undefined>,
): Promise<string> {
  return text.startsWith('file:') ? `${text} ${(await digest(text.slice('file:'.length))) ?? 'none'}` : text
}

function inRepository(project: Project, file: string): string {
  return posix.join(project.folder, file)
}

export interface FreshResult {
  readonly findings: readonly Finding[]
  readonly measurements: readonly Measurement[]
  readonly notices: readonly Notice[]
}

/**
 * Keeps what a tool said about each of the fresh files but those with secrets. Nothing is kept where something that it said belongs to
 * none of them: it would be missing from the next report.
 */
export async function remember(
  request: RecallRequest,
  recalled: Recall,
  result: FreshResult,
): Promise<boolean> {
  const { tool, project, remembered } = request
  const entries = new Map(
    recalled.fresh.map((file) => [
      inRepository(project, file),
      { findings: [] as Finding[], measurements: [] as Measurement[], notices: [] as Notice[] },
    ]),
  )
  for (const finding of result.findings) {
    const entry = finding.location?.outside ? undefined : entries.get(finding.location?.path ?? '')
    if (entry === undefined) return false
    entry.findings.push(finding)
  }
  for (const measurement of result.measurements) {
    const entry = entries.get(measurement.path ?? '')
    if (entry === undefined) return false
    entry.measurements.push(measurement)
  }
  const general = result.notices.filter((notice) => {
    const named = recalled.fresh.filter((file) => notice.message.includes(file))
    for (const file of named) entries.get(inRepository(project, file))?.notices.push(notice)
    return named.length === 0
  })
  for (const [file, key] of recalled.keys) {
    const entry = entries.get(inRepository(project, file))
    if (entry !== undefined && !entry.findings.some(isSecret)) await remembered.put(tool.id, key, entry)
  }
  await remembered.put(tool.id, recalled.run, {
    findings: [],
    measurements: [],
    notices: mergeNotices(recalled.notices, general),
  })
  return true
}

/** Its value has to be known in each run anew: to be hidden, and to be told from others. */
function isSecret({ security }: Finding): boolean {
  return security?.kind === 'secret'
}

/** Each once. */
export function mergeNotices(...lists: readonly (readonly Notice[])[]): readonly Notice[] {
  return [...new Map(lists.flat().map((notice) => [`${notice.level} ${notice.message}`, notice])).values()]
}
