/** Protocols of which the first answer is enough: AMQP, MySQL, MongoDB, HTTP, and a bare port. */
import type { Clock } from '@ci-actions/shared'
import type { ProbeAnswer } from './probe.ts'
import { ready, refused, waiting } from './probe.ts'
import type { Service } from './service.ts'
import type { Wire } from './wire.ts'
import { quote, Unexpected } from './wire.ts'

/** AMQP 0-9-1: its header is answered by the method Connection.Start, or by the header of a version that is spoken. */
export async function probeAmqp(wire: Wire): Promise<ProbeAnswer> {
  await wire.write(Buffer.from('AMQP\x00\x00\x09\x01', 'latin1'))
  const head = await wire.bytes(8)
  if (head.toString('latin1', 0, 4) === 'AMQP')
    return ready(`speaks AMQP ${head[5] ?? 0}.${head[6] ?? 0}.${head[7] ?? 0}`)
  // A method frame (1) on channel 0: type, channel, length, then class 10 and method 10.
  const isMethod = head.readUInt8(0) === 1 && head.readUInt16BE(1) === 0
  const method = isMethod ? Buffer.concat([head.subarray(7), await wire.bytes(3)]) : head
  if (!isMethod || method.readUInt32BE(0) !== 0x000a000a)
    throw new Unexpected(`${quote(Buffer.concat([head, wire.rest()]))}, which is not AMQP`)
  return ready('speaks AMQP 0.9.1')
}

/** A server of MySQL or MariaDB speaks first: version 10 of its handshake, or an error. */
export async function probeMysql(wire: Wire): Promise<ProbeAnswer> {
  const head = await wire.bytes(5)
  const length = head.readUIntLE(0, 3)
  const isPacket = length > 2 && length < 10_000 && head[3] === 0
  if (!isPacket || (head[4] !== 10 && head[4] !== 255))
    throw new Unexpected(`${quote(Buffer.concat([head, wire.rest()]))}, which is not MySQL`)
  const body = await wire.bytes(length - 1)
  if (head[4] === 10) return ready(`is version ${body.toString('latin1', 0, body.indexOf(0)).slice(0, 60)}`)
  const said = quote(body.subarray(2))
  // 1129 and 1130: this machine may not connect, which does not pass by itself.
  return [1129, 1130].includes(body.readUInt16LE(0)) ? refused(said) : waiting(said)
}

/** `{hello: 1, $db: "admin"}` as OP_MSG, request 1. */
const mongoHello = Buffer.concat([
  Buffer.from('340000000100000000000000dd0700000000000000', 'hex'),
  Buffer.from('1f0000001068656c6c6f000100000002246462000600000061646d696e0000', 'hex'),
])

export async function probeMongodb(wire: Wire): Promise<ProbeAnswer> {
  await wire.write(mongoHello)
  const head = await wire.bytes(16)
  const length = head.readInt32LE(0)
  if (length < 26 || length > 100_000 || head.readInt32LE(8) !== 1 || head.readInt32LE(12) !== 2013)
    throw new Unexpected(`${quote(Buffer.concat([head, wire.rest()]))}, which is not MongoDB`)
  const body = await wire.bytes(length - 16)
  // The element "ok", a double of 1.
  const isOk = body.includes(Buffer.from('016f6b00000000000000f03f', 'hex'))
  return isOk ? ready('answers hello') : waiting(quote(body))
}

/** One GET. Redirects are not followed: where they lead is not this service. */
export async function probeHttp(wire: Wire, service: Service): Promise<ProbeAnswer> {
  const { user = '', password = '', host, port, tls } = service
  const isUsual = port === (tls === 'off' ? 80 : 443)
  const name = host.includes(':') ? `[${host}]` : host
  const login = Buffer.from(`${user}:${password}`).toString('base64')
  const headers = [
    `GET ${service.target} HTTP/1.1`,
    `Host: ${isUsual ? name : `${name}:${port}`}`,
    'User-Agent: ci-actions',
    'Accept: */*',
    ...(login === 'Og==' ? [] : [`Authorization: Basic ${login}`]),
    'Connection: close',
  ]
  await wire.write(`${headers.join('\r\n')}\r\n\r\n`)
  const status = await wire.line()
  const code = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(status)?.[1] ?? 'NaN')
  if (Number.isNaN(code)) throw new Unexpected(`${quote(status)}, which is not HTTP`)
  return code >= 200 && code < 400 ? ready(quote(status)) : waiting(quote(status))
}

/** What stands before a service (a container's proxy) takes connections that it can only close. */
const settleMs = 200

export async function probeTcp(wire: Wire, _service: Service, clock: Clock): Promise<ProbeAnswer> {
  const silent = clock.sleep(settleMs).then(() => 'silent' as const)
  const first = await Promise.race([wire.next(), silent])
  return first === undefined
    ? waiting('takes connections and closes them at once')
    : ready('takes connections; its protocol was not tried')
}
