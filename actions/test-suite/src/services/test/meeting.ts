import type { ScriptedPeer } from '@ci-actions/shared/testing'
import { recordingHost } from '@ci-actions/shared/testing'
import { waitForServices } from '../wait.ts'
import { service } from './peers.ts'

/** Waits three seconds of a standing clock for a scripted peer. */
export async function meet(line: string, peer: ScriptedPeer) {
  const host = recordingHost({ sockets: () => peer })
  const [outcome] = await waitForServices(host, [service(line)], { timeoutSeconds: 3 })
  const [connection] = host.recorded.connections
  return {
    state: outcome?.state,
    said: outcome?.said ?? '',
    written: Buffer.concat(connection?.written ?? []).toString('latin1'),
    tls: connection?.tls,
    closed: host.recorded.connections.every((one) => one.closed),
  }
}

/** Answers in turn, one a write. */
export function inTurn(...answers: readonly string[]): ScriptedPeer['answer'] {
  const left = [...answers]
  return () => left.shift()
}
