import { arch, availableParallelism } from 'node:os'
import type { HostFacts } from './ports.ts'

/** What is the same wherever we run. */
export function machineFacts(): Pick<HostFacts, 'platform' | 'arch' | 'cores' | 'nodePath'> {
  const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
  return { platform, arch: arch(), cores: availableParallelism(), nodePath: process.execPath }
}
