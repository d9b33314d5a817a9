/**
 * What OSV-Scanner compares packages with: what the service of OSV answers, a folder that the user keeps, or databases that
 * it downloads itself and that are kept between runs, one for each ecosystem.
 */
import type { Invocation, Measurement, ToolOutput, ToolRequest, ToolSettings } from '@ci-actions/shared'
import { dayOf, lastLines, ToolOutputError, UnavailableError } from '@ci-actions/shared'

type Source = 'service' | 'folder' | 'kept'

/** Of the advisories that the archives hold. https://ossf.github.io/osv-schema/ */
const schema = '1'

const download = '--download-offline-databases'

/** Without network only what was downloaded before is left to ask. */
function sourceOf(settings: ToolSettings): Source {
  if ((settings['osv-database'] ?? '') !== '') return 'folder'
  return settings['osv-download'] === true || settings['offline'] === true ? 'kept' : 'service'
}

export function keptSchema(settings: ToolSettings): string | undefined {
  return sourceOf(settings) === 'kept' ? schema : undefined
}

/** Options and environment. Which ecosystems there are only the scan itself finds out; see {@link withDownload}. */
export function adviceOf({ settings, database }: ToolRequest): Pick<Invocation, 'args' | 'env'> {
  const source = sourceOf(settings)
  if (source === 'service') return { args: [] }
  const folder = source === 'folder' ? String(settings['osv-database']) : (database?.folder ?? '')
  const known = Object.values(database?.refreshed ?? {}).some((time) => isOfToday(time, database?.openedAt))
  const isDue = source === 'kept' && settings['offline'] !== true && !known
  return {
    args: ['--offline', ...(isDue ? [download] : [])],
    env: { OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: folder },
  }
}

/** The same scan with a download first, where one of the databases that it needed is not of today; else undefined. */
export function withDownload({ request, invocation }: ToolOutput, said: string): Invocation | undefined {
  const { settings, database } = request
  if (sourceOf(settings) !== 'kept' || settings['offline'] === true || downloads(invocation)) return undefined
  const isNew = (part: string) => isOfToday(database?.refreshed[part], database?.openedAt)
  if (missing(said) === undefined && loaded(said).every(isNew)) return undefined
  return {
    ...invocation,
    args: invocation.args.flatMap((arg) => (arg === '--offline' ? [arg, download] : arg)),
  }
}

/** The databases that this scan has downloaded, or has found to be those of now. */
export function refreshedBy(
  { request, invocation }: ToolOutput,
  said: string,
): Readonly<Record<string, number>> {
  if (!downloads(invocation)) return {}
  return Object.fromEntries(loaded(said).map((part) => [part, request.database?.openedAt ?? 0]))
}

/** Age of the oldest database that was used, in seconds; a service that is asked is of today. */
export function ageOf(output: ToolOutput, said: string): Measurement {
  return { metric: 'database-age', value: Math.round(secondsOf(output, said)) }
}

function secondsOf({ request, invocation, endedAt }: ToolOutput, said: string): number {
  const { settings, database } = request
  const source = sourceOf(settings)
  if (source === 'folder') return Number(settings['osv-database-age'] ?? 0)
  if (source === 'service' || downloads(invocation)) return 0
  const ages = loaded(said).map((part) => {
    const time = database?.refreshed[part]
    if (time === undefined)
      throw new UnavailableError(
        `the local database of ${part}`,
        'nobody knows how old it is, since it is not as it was downloaded. Run once with network.',
      )
    return ((endedAt ?? database?.openedAt ?? time) - time) / 1000
  })
  return Math.max(0, ...ages)
}

/** With 127 the report is empty and looks clean. */
export function failureOf({ request, invocation }: ToolOutput, said: string): Error {
  const last = lastLines(said, 3)
  const ecosystem = missing(said)
  if (ecosystem !== undefined && downloads(invocation))
    return new UnavailableError(`the databases of OSV (${ecosystem})`, last)
  if (ecosystem !== undefined)
    return new UnavailableError(
      `the local database of ${ecosystem}`,
      `OSV-Scanner looked at nothing without it. ${adviceFor(request.settings)}`,
    )
  if (/request failed|max retries exceeded|dial tcp|TLS handshake/.test(said))
    return new UnavailableError('the service of OSV', last)
  return new ToolOutputError(`OSV-Scanner could not read what it was given: ${last}`)
}

function adviceFor(settings: ToolSettings): string {
  if (sourceOf(settings) === 'folder') return 'Download it into the folder that `osv-database` names.'
  return 'Run once with network and `osv-download: true`, which keeps it for runs with `offline`, or name a folder with `osv-database`.'
}

function downloads({ args }: Invocation): boolean {
  return args.includes(download)
}

function missing(said: string): string | undefined {
  return /could not load db for (.*?) ecosystem/.exec(said)?.[1]
}

function loaded(said: string): readonly string[] {
  return [...said.matchAll(/^Loaded (.+) local db from /gm)].map(([, ecosystem = '']) => ecosystem)
}

function isOfToday(time: number | undefined, now: number | undefined): boolean {
  return time !== undefined && now !== undefined && dayOf(time) === dayOf(now)
}
