/** A database for Safety that the user keeps. */
import { join } from 'node:path'
import type { Host, ToolSettings } from '@ci-actions/shared'
import { isRecord, maybeJson, UserError } from '@ci-actions/shared'

/** A list of what is affected, and what is known of each. */
const names = ['insecure.json', 'insecure_full.json']

/** A database of last month finds nothing of this month, so its age counts: what it says itself, or that of its files. */
export async function safetyDatabase(host: Host, path: string | undefined): Promise<ToolSettings> {
  if (path === undefined) return {}
  const folder = join(host.facts.workspace, path)
  const times: number[] = []
  for (const name of names) {
    const file = join(folder, name)
    const status = await host.files.status(file)
    const made = status?.kind === 'file' ? madeAt(await host.files.readText(file)) : undefined
    if (status === undefined || made === undefined)
      throw new UserError(
        `\`safety-database\`: \`${path}\` holds no ${name} in the form that Safety reads, an object with \`meta\` and \`vulnerable_packages\`.`,
      )
    times.push(Math.min(status.modifiedMs, made))
  }
  const age = (host.clock.now() - Math.min(...times)) / 1000
  return { 'safety-database': folder, 'safety-database-age': Math.max(0, age) }
}

/** In milliseconds; infinite where it does not say. Undefined for what is no such database. */
function madeAt(text: string | undefined): number | undefined {
  const data = maybeJson(text ?? '')
  if (!isRecord(data) || !isRecord(data['meta']) || !isRecord(data['vulnerable_packages'])) return undefined
  const { timestamp } = data['meta']
  return typeof timestamp === 'number' && timestamp > 0 ? timestamp * 1000 : Number.POSITIVE_INFINITY
}
