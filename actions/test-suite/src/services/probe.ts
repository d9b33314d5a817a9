import type { Clock } from '@ci-actions/shared'
import type { Service } from './service.ts'
import type { Wire } from './wire.ts'

/**
 * What one try has shown. `waiting`: not yet, it may come. `refused`: it will not come by itself, such as a wrong
 * password. `said` continues "It …".
 */
export interface ProbeAnswer {
  readonly state: 'ready' | 'waiting' | 'refused'
  readonly said: string
}

/**
 * Speaks the beginning of a protocol until it is clear that the other side does too. Throws `Unexpected` for
 * anything that is not the protocol, `UnavailableError` for a connection that broke or took too long.
 */
export type Probe = (wire: Wire, service: Service, clock: Clock) => Promise<ProbeAnswer>

export function ready(said: string): ProbeAnswer {
  return { state: 'ready', said }
}

export function waiting(said: string): ProbeAnswer {
  return { state: 'waiting', said }
}

export function refused(said: string): ProbeAnswer {
  return { state: 'refused', said }
}
