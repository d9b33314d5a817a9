/** PostgreSQL's protocol, version 3.0, from the startup packet to ReadyForQuery. */
import type { Clock } from '@ci-actions/shared'
import { answerLogin, isLoginDone } from './postgres-login.ts'
import type { ProbeAnswer } from './probe.ts'
import { ready, refused, waiting } from './probe.ts'
import type { Service } from './service.ts'
import type { Wire } from './wire.ts'
import { quote, Unexpected } from './wire.ts'

const protocolVersion = 196_608
const tlsRequest = 80_877_103
const longestMessage = 100_000
/** Messages before ReadyForQuery that ask for nothing: login done, settings, keys, notices. */
const skipped = 'RSKNv'

interface Message {
  readonly type: string
  readonly body: Buffer
}

export async function probePostgres(wire: Wire, service: Service, clock: Clock): Promise<ProbeAnswer> {
  if (service.tls !== 'off' && !(await askForTls(wire, service)))
    return refused('does not speak TLS, which sslmode in the line asks for')
  const { user = 'postgres', password } = service
  const nonce = clock.random(18)
  await wire.write(startup(user, service.database))
  for (;;) {
    const message = await readMessage(wire)
    if (message.type === 'E') return judgeError(message.body, service)
    if (message.type === 'Z') {
      await wire.write(Buffer.from([0x58, 0, 0, 0, 4]))
      return ready('takes queries')
    }
    if (message.type === 'R' && !isLoginDone(message.body)) {
      if (password === undefined)
        return ready('asks for a password; the line gives none, so the database was not looked for')
      const answer = answerLogin(message.body, { user, password, nonce })
      if (answer === undefined) return ready('asks for a login of a kind that is not tried')
      await wire.write(answer)
    } else if (!skipped.includes(message.type))
      throw new Unexpected(
        `${quote(`${message.type}${message.body.toString('latin1')}`)}, which is not PostgreSQL`,
      )
  }
}

async function askForTls(wire: Wire, service: Service): Promise<boolean> {
  const request = Buffer.alloc(8)
  request.writeInt32BE(8)
  request.writeInt32BE(tlsRequest, 4)
  await wire.write(request)
  const answer = (await wire.bytes(1)).toString('latin1')
  // A server that cannot start a process for us answers with an error message.
  if (answer !== 'S' && answer !== 'N') throw new Unexpected(`${quote(answer)} to a request for TLS`)
  if (answer === 'S') await wire.startTls(service.tls === 'verified')
  return answer === 'S'
}

function startup(user: string, database: string | undefined): Buffer {
  const named = database === undefined ? {} : { database }
  const settings = Object.entries({ user, ...named, application_name: 'ci-actions' })
  const text = Buffer.from(`${settings.map(([name, value]) => `${name}\0${value}\0`).join('')}\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(text.length + 8)
  head.writeInt32BE(protocolVersion, 4)
  return Buffer.concat([head, text])
}

async function readMessage(wire: Wire): Promise<Message> {
  const head = await wire.bytes(5)
  const length = head.readInt32BE(1)
  const type = head.toString('latin1', 0, 1)
  if (!/[A-Za-z]/.test(type) || length < 4 || length > longestMessage)
    throw new Unexpected(`${quote(Buffer.concat([head, wire.rest()]))}, which is not PostgreSQL`)
  return { type, body: await wire.bytes(length - 4) }
}

/** Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function judgeError(body: Buffer, { user, database }: Service): ProbeAnswer {
  const fields = body.toString().split('\0')
  const field = (name: string) => fields.find((one) => one.startsWith(name))?.slice(1) ?? ''
  const code = field('C')
  const said = quote(field('M'))
  // Class 28 is about who may log in, 3D000 about a database that is not there. Without a user in the line, it was
  // not asked to log in, and an answer about that is an answer.
  if (code.startsWith('28')) return user === undefined ? ready(said) : refused(said)
  if (code === '3D000') return user === undefined && database === undefined ? ready(said) : refused(said)
  return waiting(said)
}
