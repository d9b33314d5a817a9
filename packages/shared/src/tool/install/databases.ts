/** The databases of a run: opened where a tool needs them, stored at the end. */
import { inParallel } from '../../in-parallel.ts'
import type { Tool, ToolSettings } from '../tool.ts'
import type { InstallContext } from './context.ts'
import { Database } from './database.ts'

const storesAtATime = 2

/** The same one for all packages, and for head and base; undefined for a tool that has none. */
export async function databaseOf(
  context: InstallContext,
  tool: Tool,
  settings: ToolSettings,
): Promise<Database | undefined> {
  const schema = tool.database?.(settings)
  if (schema === undefined) return undefined
  return context.once(`database ${tool.id} ${schema}`, async () => {
    const database = new Database(context.host, tool.id, schema)
    await database.open(context)
    context.databases.push(database)
    return database
  })
}

/**
 * Stores what this run has downloaded, but for tools that `failed`: a broken database would be restored all day. Nothing
 * after a cancellation. Never throws.
 */
export async function storeDatabases(context: InstallContext, failed: ReadonlySet<string>): Promise<void> {
  const { host, databases, stored } = context
  if (!stored || host.cancelled.aborted) return
  const whole = databases.filter(({ tool }) => !failed.has(tool))
  await inParallel(whole, storesAtATime, (database) =>
    database.store().catch((error) => host.runner.log(`Not stored: ${String(error)}`)),
  )
}
