import { describe, expect, test } from 'vitest'
import { inTurn, meet } from './test/meeting.ts'

function error(code: string, text: string): string {
  const body = `SFATAL\0C${code}\0M${text}\0\0`
  return message('E', body)
}

function message(type: string, body: string): string {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return `${type}${length.toString('latin1')}${body}`
}

const loginDone = message('R', '\0\0\0\0')
const readyForQuery = message('Z', 'I')

describe('PostgreSQL', () => {
  const line = 'postgres://app:hunter22@db/orders'

  test('takes queries', async () => {
    const settings = message('S', 'server_version\x0016.1\0') + message('K', '\0\0\0\x01\0\0\0\x02')
    const met = await meet(line, { answer: inTurn(loginDone + settings + readyForQuery) })
    expect(met).toMatchObject({ state: 'ready', said: 'takes queries', closed: true })
    expect(met.written).toContain('user\0app\0database\0orders\0')
    expect(met.written.endsWith('X\0\0\0\x04')).toBe(true)
  })

  test('is asked with the password where it asks for one in the clear', async () => {
    const met = await meet(line, { answer: inTurn(message('R', '\0\0\0\x03'), loginDone + readyForQuery) })
    expect(met.state).toBe('ready')
    expect(met.written).toContain('hunter22\0')
  })

  test('asks for a password that the line does not give', async () => {
    const met = await meet('postgres://db/orders', { answer: inTurn(message('R', '\0\0\0\x05abcd')) })
    expect(met).toMatchObject({ state: 'ready', said: expect.stringContaining('asks for a password') })
  })

  test.each([
    ['57P03', 'the database system is starting up', 'not-ready'],
    ['53300', 'sorry, too many clients already', 'not-ready'],
    ['28P01', 'password authentication failed for user "app"', 'refused'],
    ['3D000', 'database "orders" does not exist', 'refused'],
  ])('answers %s', async (code, text, state) => {
    expect(await meet(line, { answer: () => error(code, text) })).toMatchObject({
      state,
      said: `answered “${text}”`,
    })
  })

  test('answers about a user that the line does not name', async () => {
    const met = await meet('postgres://db', {
      answer: () => error('28000', 'role "postgres" does not exist'),
    })
    expect(met.state).toBe('ready')
  })

  test('speaks TLS where the line asks for it', async () => {
    const met = await meet(`${line}?sslmode=require`, { answer: inTurn('S', loginDone + readyForQuery) })
    expect(met).toMatchObject({ state: 'ready', tls: true })
    const without = await meet(`${line}?sslmode=require`, { answer: inTurn('N') })
    expect(without).toMatchObject({ state: 'refused', said: expect.stringContaining('does not speak TLS') })
  })

  test('does not wait for a login that would take for ever', async () => {
    const start = message('R', '\0\0\0\x0aSCRAM-SHA-256\0\0')
    let asked = 0
    const met = await meet(line, {
      answer: (written) => {
        asked += 1
        const nonce = /r=([0-9a-f]+)/.exec(Buffer.from(written).toString())?.[1] ?? ''
        return asked % 2 === 1 ? start : message('R', `\0\0\0\x0br=${nonce}x,s=c2FsdA==,i=999999999`)
      },
    })
    expect(met).toMatchObject({ state: 'not-ready', said: expect.stringContaining('999999999 iterations') })
  })
})
