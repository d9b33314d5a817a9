import type { ProbeAnswer } from './probe.ts'
import { ready } from './probe.ts'
import type { Wire } from './wire.ts'
import { quote, Unexpected } from './wire.ts'

/** The magic word, then four proposals: 5.8 down to 5.0, 4.4 down to 4.2, 4.1, 3.0. */
const handshake = Buffer.from('6060b01700080805000204040000010400000003', 'hex')

/** Negotiates a version. Not the login: a server that negotiates has started. */
export async function probeBolt(wire: Wire): Promise<ProbeAnswer> {
  await wire.write(handshake)
  const answer = await wire.bytes(4)
  const [zero = 1, , minor = 0, major = 0] = answer
  if (answer.equals(Buffer.alloc(4))) return ready('speaks Bolt, in none of the versions 3 to 5.8')
  const isProposed = (major === 5 && minor <= 8) || (major === 4 && minor >= 1 && minor <= 4) || major === 3
  if (zero !== 0 || answer[1] !== 0 || !isProposed)
    throw new Unexpected(`${quote(Buffer.concat([answer, wire.rest()]))}, which is not Bolt`)
  return ready(`speaks Bolt ${major}.${minor}`)
}
