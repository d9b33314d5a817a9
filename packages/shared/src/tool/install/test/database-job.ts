/**
 * A job that opens a database, with the cache service that the environment names, in a process of its own: the client
 * prints workflow commands. Arguments: cache folder, time, file for what was found, and what it downloads.
 */
import { join } from 'node:path'
import { githubCache } from '../../../host/github/cache.ts'
import { nodeClock, nodeFiles, recordingHost } from '../../../host/recording/index.ts'
import { scannerWithDatabase } from '../../test/scanner.ts'
import { openInstallContext } from '../context.ts'
import { databaseOf, storeDatabases } from '../databases.ts'

const [cacheFolder = '', time = '', result = '', news] = process.argv.slice(2)
const clock = { ...nodeClock, now: () => Number(time) }
const host = recordingHost({ facts: { cacheFolder }, files: nodeFiles, clock })
const cache = githubCache(host.runner)
const context = openInstallContext({
  ...{ host: { ...host, cache }, lockedOnly: false, offline: false, stored: true },
})
const database = await databaseOf(context, scannerWithDatabase, {})
const file = join(database?.kept().folder ?? '', 'all')
await nodeFiles.write(result, (await nodeFiles.readText(file)) ?? '')
if (news !== undefined) {
  await nodeFiles.write(file, news)
  await database?.note({ all: Number(time) })
}
await storeDatabases(context, new Set())
