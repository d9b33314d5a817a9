/** Findings of whole runs, kept by commit in the cache folder, so that a later change can be compared with them. */
import { join } from 'node:path'
import { messageOf } from '../action/errors.ts'
import type { Finding } from '../finding/finding.ts'
import { fingerprintVersion } from '../finding/fingerprint.ts'
import type { Measurement } from '../gate/metric.ts'
import type { Host } from '../host/ports.ts'

/** What one tool found on one package at one commit. */
export interface StoredResult {
  readonly tool: string
  readonly package: string
  readonly version?: string | undefined
  /** Digest of settings and configuration; another one does not compare. */
  readonly key: string
  readonly findings: readonly Finding[]
  readonly measurements: readonly Measurement[]
}

interface StoredFile {
  readonly format: string
  readonly results: readonly StoredResult[]
}

const format = `1/${fingerprintVersion}`
/** Commits kept; older ones are removed. */
const maxCommits = 10

/** Undefined where nothing readable is stored for that commit. */
export async function readResults(
  host: Host,
  folder: string,
  sha: string,
): Promise<readonly StoredResult[] | undefined> {
  try {
    const stored: StoredFile = JSON.parse((await host.files.readText(join(folder, fileName(sha)))) ?? '')
    return stored.format === format && stored.results.every(isResult) ? stored.results : undefined
  } catch {
    return undefined
  }
}

/** As far as something else in that file would break what reads it. */
function isResult(value: { readonly [K in keyof StoredResult]: unknown }): boolean {
  const { tool, package: name, key, findings, measurements } = value
  const texts = [tool, name, key]
  return texts.every((text) => typeof text === 'string') && [findings, measurements].every(Array.isArray)
}

/** Failures are logged, not thrown: to remember is no part of a verdict. */
export async function writeResults(
  host: Host,
  folder: string,
  sha: string,
  results: readonly StoredResult[],
): Promise<void> {
  try {
    await write(host, folder, sha, results)
  } catch (error) {
    host.runner.log(`The results of this commit could not be stored in ${folder}: ${messageOf(error)}`)
  }
}

async function write(
  host: Host,
  folder: string,
  sha: string,
  results: readonly StoredResult[],
): Promise<void> {
  const stored: StoredFile = { format, results }
  // Of what one tool says, another one may have found that it is a secret.
  await host.files.write(join(folder, fileName(sha)), host.runner.redact(JSON.stringify(stored)))
  const names = (await host.files.list(folder)).filter((name) => name.endsWith('.json'))
  const dated = await Promise.all(
    names.map(async (name) => ({
      name,
      modified: (await host.files.status(join(folder, name)))?.modifiedMs ?? 0,
    })),
  )
  dated.sort((a, b) => b.modified - a.modified)
  for (const { name } of dated.slice(maxCommits)) await host.files.remove(join(folder, name))
}

function fileName(sha: string): string {
  return `${sha.replace(/[^0-9a-f]/g, '')}.json`
}
