import { isRecord } from '@ci-actions/shared'
import type { ProbeAnswer } from './probe.ts'
import { ready, refused, waiting } from './probe.ts'
import type { Service } from './service.ts'
import type { Wire } from './wire.ts'
import { quote, Unexpected } from './wire.ts'

/** The INFO line, then CONNECT and PING: a server refuses a wrong login there. */
export async function probeNats(wire: Wire, service: Service): Promise<ProbeAnswer> {
  const info = readInfo(await wire.line())
  if (info['tls_required'] === true) return ready('asks for TLS, so nothing more was tried')
  const hasLogin = service.user !== undefined || service.password !== undefined
  if (info['auth_required'] === true && !hasLogin)
    return ready('asks for a login; the line gives none, so nothing more was tried')
  await wire.write(`CONNECT ${JSON.stringify(options(service))}\r\nPING\r\n`)
  const answer = await wire.line()
  if (answer === 'PONG') return ready('answers PING')
  if (!answer.startsWith('-ERR')) throw new Unexpected(`${quote(answer)} to PING`)
  return /authorization|authentication/i.test(answer) ? refused(quote(answer)) : waiting(quote(answer))
}

function readInfo(line: string): Readonly<Record<string, unknown>> {
  const text = /^INFO (\{.*\})\s*$/.exec(line)?.[1]
  const info = text === undefined ? undefined : parse(text)
  if (isRecord(info) && typeof info['server_id'] === 'string') return info
  throw new Unexpected(`${quote(line)}, which is not NATS`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function options({ user, password }: Service): Readonly<Record<string, unknown>> {
  const login = password === undefined ? { auth_token: user } : { user, pass: password }
  return { verbose: false, pedantic: false, lang: 'ci-actions', version: '2', protocol: 1, ...login }
}
