import type { ProbeAnswer } from './probe.ts'
import { ready, refused, waiting } from './probe.ts'
import type { Service } from './service.ts'
import type { Wire } from './wire.ts'
import { quote, Unexpected } from './wire.ts'

/** AUTH and SELECT as the line says, then PING. */
export async function probeRedis(wire: Wire, service: Service): Promise<ProbeAnswer> {
  const { user, password, database } = service
  if (password !== undefined) {
    const answer = await ask(wire, user === undefined ? ['AUTH', password] : ['AUTH', user, password])
    if (answer !== '+OK') return refusal(answer, refused)
  }
  if (database !== undefined && database !== '0') {
    const answer = await ask(wire, ['SELECT', database])
    if (answer !== '+OK') return refusal(answer, refused)
  }
  const answer = await ask(wire, ['PING'])
  return answer === '+PONG' ? ready('answers PING') : refusal(answer, waiting)
}

async function ask(wire: Wire, words: readonly string[]): Promise<string> {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
  await wire.write(`*${words.length}\r\n${parts.join('')}`)
  const answer = await wire.line()
  if (!/^[+-][A-Z]/.test(answer)) throw new Unexpected(`${quote(answer)}, which is not Redis`)
  return answer
}

/** Errors begin with a word of their own; `other` says what the rest of them mean. */
function refusal(answer: string, other: (said: string) => ProbeAnswer): ProbeAnswer {
  const word = /^-([A-Z]+)/.exec(answer)?.[1] ?? ''
  const said = quote(answer.slice(1))
  if (word === 'NOAUTH') return ready('asks for a password; the line gives none, so nothing more was tried')
  if (['WRONGPASS', 'NOPERM', 'DENIED'].includes(word)) return refused(said)
  return ['LOADING', 'BUSY', 'MASTERDOWN', 'TRYAGAIN', 'CLUSTERDOWN'].includes(word)
    ? waiting(said)
    : other(said)
}
