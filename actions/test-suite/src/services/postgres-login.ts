/** How PostgreSQL asks for a password, and the answers: in the clear, MD5, SCRAM-SHA-256. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { Unexpected } from './wire.ts'

const kinds = { ok: 0, clear: 3, md5: 5, sasl: 10, saslGoesOn: 11, saslEnd: 12 }
/** A server decides how long this takes us; PostgreSQL's default is 4,096. */
const mostIterations = 1_000_000

export interface Login {
  readonly user: string
  readonly password: string
  /** Random text without a comma. */
  readonly nonce: string
}

/** Whether a request for authentication says that there is nothing to do. */
export function isLoginDone(request: Buffer): boolean {
  return [kinds.ok, kinds.saslEnd].includes(kindOf(request))
}

/** The message that answers a request for authentication; undefined for a kind that is not spoken here. */
export function answerLogin(request: Buffer, login: Login): Buffer | undefined {
  const kind = kindOf(request)
  if (kind === kinds.clear) return message(`${login.password}\0`)
  if (kind === kinds.md5) return message(`${md5Answer(login, request.subarray(4, 8))}\0`)
  if (kind === kinds.saslGoesOn) return message(scramProof(request.toString('utf8', 4), login))
  const hasScram = request.toString('latin1', 4).split('\0').includes('SCRAM-SHA-256')
  return kind === kinds.sasl && hasScram ? scramStart(login) : undefined
}

function kindOf(request: Buffer): number {
  return request.length < 4 ? -1 : request.readInt32BE(0)
}

function message(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body)
  return Buffer.concat([Buffer.from('p'), int32(bytes.length + 4), bytes])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function md5Answer({ user, password }: Login, salt: Buffer): string {
  const inner = createHash('md5').update(`${password}${user}`).digest('hex')
  return `md5${createHash('md5').update(inner).update(salt).digest('hex')}`
}

/** RFC 5802 and 7677, without channel binding; the user's name is that of the startup packet. */
function scramStart({ nonce }: Login): Buffer {
  const first = `n,,n=,r=${nonce}`
  return message(Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), int32(first.length), Buffer.from(first)]))
}

function scramProof(challenge: string, { nonce, password }: Login): string {
  const [, whole = '', salt = '', rounds = ''] = /^r=([^,]+),s=([^,]+),i=(\d{1,9})/.exec(challenge) ?? []
  const iterations = Number(rounds)
  if (!whole.startsWith(nonce)) throw new Unexpected('answered the login with what is none')
  if (iterations < 1 || iterations > mostIterations)
    throw new Unexpected(
      `asks for ${iterations} iterations at the login; at most ${mostIterations} are tried`,
    )
  const salted = pbkdf2Sync(password.normalize('NFKC'), Buffer.from(salt, 'base64'), iterations, 32, 'sha256')
  const withoutProof = `c=biws,r=${whole}`
  const clientKey = hmac(salted, 'Client Key')
  const storedKey = createHash('sha256').update(clientKey).digest()
  const signature = hmac(storedKey, `n=,r=${nonce},${challenge},${withoutProof}`)
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
  return `${withoutProof},p=${proof.toString('base64')}`
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
