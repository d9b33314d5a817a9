/** Waits until services speak their protocols, all at once. */
import type { Host } from '@ci-actions/shared'
import { UnavailableError } from '@ci-actions/shared'
import { probeBolt } from './bolt.ts'
import { probeAmqp, probeHttp, probeMongodb, probeMysql, probeTcp } from './greetings.ts'
import { probeNats } from './nats.ts'
import { probePostgres } from './postgres.ts'
import type { Probe, ProbeAnswer } from './probe.ts'
import { waiting } from './probe.ts'
import { probeRedis } from './redis.ts'
import type { Protocol, Service } from './service.ts'
import { Unexpected, Wire } from './wire.ts'

export interface ServiceOutcome {
  readonly service: Service
  /** `refused`: the line is wrong (password, database), so that waiting does not help. */
  readonly state: 'ready' | 'refused' | 'not-ready' | 'cancelled'
  /** What it did last, continuing "It …"; without secrets. */
  readonly said: string
  /** Until that. */
  readonly seconds: number
  readonly attempts: number
}

export interface WaitOptions {
  /** For each service; the last attempt may end a second after it. */
  readonly timeoutSeconds: number
}

const probes: Readonly<Record<Protocol, Probe>> = {
  postgresql: probePostgres,
  redis: probeRedis,
  bolt: probeBolt,
  nats: probeNats,
  amqp: probeAmqp,
  mysql: probeMysql,
  mongodb: probeMongodb,
  http: probeHttp,
  tcp: probeTcp,
}

/** Of one attempt: a peer that says nothing is asked anew. */
const longestAttemptMs = 5000
const shortestAttemptMs = 1000
const firstPauseMs = 100
const longestPauseMs = 1000

/**
 * One outcome for each service, in their order. Hides passwords first; never throws for a service. What the lines
 * hold must be hidden (`serviceSecrets`) before they are logged anywhere else.
 */
export async function waitForServices(
  host: Host,
  services: readonly Service[],
  options: WaitOptions,
): Promise<readonly ServiceOutcome[]> {
  for (const secret of services.flatMap(({ secrets }) => secrets)) host.runner.mask(secret)
  return await Promise.all(
    services.map(async (service) => {
      const outcome = await waitFor(host, service, options.timeoutSeconds * 1000)
      host.runner.log(describeOutcome(outcome))
      return outcome
    }),
  )
}

/** One line, such as `postgres://localhost:5432/app is ready after 2.1 s: it takes queries.` */
export function describeOutcome({ service, state, said, seconds, attempts }: ServiceOutcome): string {
  const after = `${seconds.toFixed(1)} s`
  const tries = attempts === 1 ? 'in 1 attempt' : `in ${attempts} attempts`
  if (state === 'ready') return `${service.name} is ready after ${after}: it ${said}.`
  if (state === 'refused')
    return `${service.name} does not take what the line in services says: it ${said}. Waiting would not help.`
  if (state === 'cancelled') return `${service.name} was waited for until the run was cancelled: it ${said}.`
  return `${service.name} was not ready after ${after} ${tries}: it ${said}.`
}

async function waitFor(host: Host, service: Service, limitMs: number): Promise<ServiceOutcome> {
  const { clock, cancelled } = host
  const started = clock.monotonic()
  let last: ProbeAnswer = waiting('was not asked')
  for (let attempts = 0, pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    const passed = clock.monotonic() - started
    const over = cancelled.aborted ? 'cancelled' : attempts > 0 && passed >= limitMs ? 'not-ready' : undefined
    const state = last.state === 'waiting' ? over : last.state
    if (state !== undefined)
      return { service, state, said: host.runner.redact(last.said), seconds: passed / 1000, attempts }
    if (attempts > 0) await clock.sleep(Math.max(0, Math.min(pause, limitMs - passed)))
    const left = limitMs - (clock.monotonic() - started)
    const timeoutMs = Math.min(longestAttemptMs, Math.max(shortestAttemptMs, Math.ceil(left)))
    if (!cancelled.aborted) last = keepBetter(last, await attempt(host, service, timeoutMs))
    attempts += 1
  }
}

/** A run that ends leaves what was said before it. */
function keepBetter(before: ProbeAnswer, now: ProbeAnswer): ProbeAnswer {
  return now.said.endsWith(': cancelled') ? before : now
}

async function attempt(host: Host, service: Service, timeoutMs: number): Promise<ProbeAnswer> {
  let reached = 'was not reached'
  try {
    const connection = await host.sockets.connect({ host: service.host, port: service.port, timeoutMs })
    reached = 'took the connection, then'
    try {
      return await probe(new Wire(connection), host, service)
    } finally {
      connection.close()
    }
  } catch (error) {
    if (error instanceof Unexpected) return waiting(error.message)
    if (error instanceof UnavailableError)
      return waiting(`${reached}: ${error.message.slice(error.what.length + 2)}`)
    throw error
  }
}

/** PostgreSQL begins without TLS and asks for it. */
async function probe(wire: Wire, host: Host, service: Service): Promise<ProbeAnswer> {
  const { protocol, tls } = service
  if (tls !== 'off' && protocol !== 'postgresql') await wire.startTls(tls === 'verified')
  return await probes[protocol](wire, service, host.clock)
}
