/** The action as a whole, with real files, processes and tools, on a folder. */
import { realpath } from 'node:fs/promises'
import type { RunEnd } from '@ci-actions/shared'
import { runAction } from '@ci-actions/shared'
import type { RecordingHost, RecordingOptions } from '@ci-actions/shared/testing'
import { nodeClock, nodeFiles, nodeHttp, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { scratchFolder } from '../../../../packages/shared/src/git/test/scratch.ts'
import { localHost } from '../../../../packages/shared/src/host/index.ts'
import { securityScan } from '../action.ts'

export interface WholeScan extends RunEnd {
  readonly host: RecordingHost
}

/** Asked once, since each of these hosts listens for the end of the process. */
const machine = localHost({ cwd: process.cwd(), inputs: {}, debug: false, progress: () => {} })

export interface Surroundings extends Pick<RecordingOptions, 'event' | 'cache' | 'clock'> {
  /** Default: that of this machine, so that tools are installed once for all tests. */
  readonly cacheFolder?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** `path`: folders to look for programs in before others. */
export async function scanWhole(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  path: readonly string[] = [],
  { cacheFolder, environment, ...options }: Surroundings = {},
): Promise<WholeScan> {
  const { facts } = await machine
  const host = recordingHost({
    inputs: { cache: 'off', ...inputs },
    facts: {
      ...facts,
      workspace: await realpath(folder),
      temporary: scratchFolder(),
      ...(cacheFolder !== undefined && { cacheFolder }),
      toolEnvironment: {
        ...facts.toolEnvironment,
        ...environment,
        PATH: [...path, facts.toolEnvironment['PATH'] ?? ''].join(process.platform === 'win32' ? ';' : ':'),
      },
    },
    files: nodeFiles,
    processes: nodeProcesses(new AbortController().signal),
    clock: nodeClock,
    http: nodeHttp,
    ...options,
  })
  return { ...(await runAction(securityScan, host)), host }
}
