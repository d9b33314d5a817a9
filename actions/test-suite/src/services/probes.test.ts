/** Each protocol against a scripted peer: what it says, and what that is taken for. */
import { describe, expect, test } from 'vitest'
import { inTurn, meet } from './test/meeting.ts'

describe('Redis', () => {
  test('answers PING', async () => {
    const met = await meet('redis://cache', { answer: inTurn('+PONG\r\n') })
    expect(met).toMatchObject({ state: 'ready', written: '*1\r\n$4\r\nPING\r\n', tls: false })
  })

  test('is given user, password and database', async () => {
    const met = await meet('rediss://app:hünter@cache/3', {
      answer: inTurn('+OK\r\n', '+OK\r\n', '+PONG\r\n'),
    })
    expect(met).toMatchObject({ state: 'ready', tls: true })
    expect(Buffer.from(met.written, 'latin1').toString()).toBe(
      '*3\r\n$4\r\nAUTH\r\n$3\r\napp\r\n$7\r\nhünter\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n*1\r\n$4\r\nPING\r\n',
    )
  })

  test.each([
    ['redis://c', '-LOADING Redis is loading the dataset in memory', 'not-ready'],
    ['redis://c', '-ERR max number of clients reached', 'not-ready'],
    ['redis://c', '-NOAUTH Authentication required.', 'ready'],
    ['redis://c', '-DENIED Redis is running in protected mode', 'refused'],
    ['redis://:pw22@c', '-WRONGPASS invalid username-password pair', 'refused'],
    ['redis://:pw22@c', '-ERR AUTH <password> called without any password configured', 'refused'],
    ['redis://:pw22@c', '-LOADING Redis is loading the dataset in memory', 'not-ready'],
    ['redis://c/99', '-ERR DB index is out of range', 'refused'],
    ['redis://c', '$5', 'not-ready'],
    ['redis://c', 'HTTP/1.1 400 Bad Request', 'not-ready'],
  ])('%s: %s', async (line, answer, state) => {
    expect((await meet(line, { answer: () => `${answer}\r\n` })).state).toBe(state)
  })
})

describe('Bolt', () => {
  test.each([
    ['\0\0\x04\x05', 'ready', 'speaks Bolt 5.4'],
    ['\0\0\x04\x04', 'ready', 'speaks Bolt 4.4'],
    ['\0\0\0\0', 'ready', 'speaks Bolt, in none of the versions 3 to 5.8'],
    ['HTTP/1.1 400 Bad Request\r\n', 'not-ready', 'answered “HTTP/1.1 400 Bad Request·”, which is not Bolt'],
    ['\0\0\0\x63', 'not-ready', 'answered “·c”, which is not Bolt'],
  ])('%j', async (answer, state, said) => {
    const met = await meet('bolt://graph', { answer: () => answer })
    expect(met).toMatchObject({ state, said })
    expect(met.written.slice(0, 20)).toBe(
      '\x60\x60\xb0\x17\0\x08\x08\x05\0\x02\x04\x04\0\0\x01\x04\0\0\0\x03',
    )
  })
})

describe('NATS', () => {
  const info = (more: object = {}) =>
    `INFO ${JSON.stringify({ server_id: 'N', version: '2.9', ...more })} \r\n`

  test('answers PING', async () => {
    const met = await meet('nats://app:hunter22@queue', {
      opening: info({ auth_required: true }),
      answer: inTurn('PONG\r\n'),
    })
    expect(met.state).toBe('ready')
    expect(met.written).toMatch(/^CONNECT \{.*"user":"app","pass":"hunter22"\}\r\nPING\r\n$/)
  })

  test('is given a token', async () => {
    const met = await meet('nats://hunter22@queue', { opening: info(), answer: inTurn('PONG\r\n') })
    expect(met.written).toContain('"auth_token":"hunter22"')
  })

  test.each([
    [info({ auth_required: true }), '', 'ready'],
    [info({ tls_required: true }), '', 'ready'],
    [info(), "-ERR 'Authorization Violation'\r\n", 'refused'],
    [info(), "-ERR 'maximum connections exceeded'\r\n", 'not-ready'],
    ['INFO {"a":1}\r\n', 'PONG\r\n', 'not-ready'],
    ['INFO {broken}\r\n', 'PONG\r\n', 'not-ready'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'PONG\r\n', 'not-ready'],
  ])('%s%s', async (opening, answer, state) => {
    expect((await meet('nats://queue', { opening, answer: () => answer })).state).toBe(state)
  })
})

describe('AMQP', () => {
  test.each([
    ['\x01\0\0\0\0\x01\xf4\0\x0a\0\x0a\0\x09', 'ready', 'speaks AMQP 0.9.1'],
    ['AMQP\0\x01\0\0', 'ready', 'speaks AMQP 1.0.0'],
    ['\x01\0\0\0\0\x01\xf4\0\x0a\0\x32\0\x09', 'not-ready', 'which is not AMQP'],
    ['HTTP/1.1 400 Bad', 'not-ready', 'answered “HTTP/1.1 400 Bad”, which is not AMQP'],
  ])('%j', async (answer, state, said) => {
    const met = await meet('amqp://queue', { answer: () => answer })
    expect(met).toMatchObject({
      state,
      said: expect.stringContaining(said),
    })
    expect(met.written).toBe('AMQP\0\0\t\x01')
  })
})

describe('MySQL', () => {
  const packet = (body: string) => `${String.fromCharCode(body.length)}\0\0\0${body}`
  test.each([
    [packet('\x0a8.4.3\0rest of it'), 'ready', 'is version 8.4.3'],
    [packet('\xff\x10\x04Too many connections'), 'not-ready', 'answered “Too many connections”'],
    [packet("\xff\x6a\x04Host 'x' is not allowed"), 'refused', "answered “Host 'x' is not allowed”"],
    ['SSH-2.0-OpenSSH\r\n', 'not-ready', 'which is not MySQL'],
  ])('%j', async (opening, state, said) => {
    expect(await meet('mysql://db', { opening })).toMatchObject({
      state,
      said: expect.stringContaining(said),
    })
  })
})

describe('MongoDB', () => {
  const reply = (element: string, opcode = 2013) => {
    const head = Buffer.alloc(21)
    const body = Buffer.from(element, 'hex')
    for (const [index, value] of [head.length + body.length, 5, 1, opcode].entries())
      head.writeInt32LE(value, index * 4)
    return Buffer.concat([head, body])
  }
  test.each([
    [reply('11000000016f6b00000000000000f03f00'), 'ready'],
    [reply('11000000016f6b00000000000000000000'), 'not-ready'],
    [reply('11000000016f6b00000000000000f03f00', 1), 'not-ready'],
    [Buffer.from('HTTP/1.0 200 OK\r\nConnection: close\r\n'), 'not-ready'],
  ])('%o', async (answer, state) => {
    expect((await meet('mongodb://db', { answer: () => answer })).state).toBe(state)
  })
})

describe('HTTP', () => {
  test('is asked for its path', async () => {
    const met = await meet('http://app:hunter22@api:8080/health?deep=1', {
      answer: () => 'HTTP/1.1 204 No Content\r\n\r\n',
    })
    expect(met).toMatchObject({ state: 'ready', said: 'answered “HTTP/1.1 204 No Content”' })
    expect(met.written).toMatch(/^GET \/health\?deep=1 HTTP\/1\.1\r\nHost: api:8080\r\n/)
    expect(met.written).toContain(`Authorization: Basic ${btoa('app:hunter22')}\r\n`)
  })

  test.each([
    ['HTTP/1.1 200', 'ready'],
    ['HTTP/1.0 302 Found', 'ready'],
    ['HTTP/1.1 404 Not Found', 'not-ready'],
    ['HTTP/1.1 503 Service Unavailable', 'not-ready'],
    ['HTTP/1.1 2000 OK', 'not-ready'],
    ['+PONG', 'not-ready'],
  ])('%s', async (status, state) => {
    expect((await meet('https://api', { answer: () => `${status}\r\n` })).state).toBe(state)
  })
})

describe('whoever', () => {
  const lines = [
    'postgres://d',
    'redis://d',
    'bolt://d',
    'nats://d',
    'amqp://d',
    'mysql://d',
    'mongodb://d',
    'http://d/x',
  ]

  test.each(lines)('%s: closes at once', async (line) => {
    const met = await meet(line, { closes: true })
    expect(met).toMatchObject({
      state: 'not-ready',
      said: 'closed the connection without a word',
      closed: true,
    })
  })

  test.each(lines)('%s: stays silent', async (line) => {
    const met = await meet(line, {})
    expect(met.state).toBe('not-ready')
    expect(met.said).toMatch(/^took the connection, then: no answer within/)
  })

  test.each(lines)('%s: talks for ever', async (line) => {
    const met = await meet(line, { opening: Buffer.alloc(1_100_000, 0x7a), closes: true })
    expect(met.state).toBe('not-ready')
    expect(met.said.length).toBeLessThan(200)
  })

  test.each(['redis://d', 'nats://d', 'http://d/x'])('%s: never ends its line', async (line) => {
    expect((await meet(line, { opening: Buffer.alloc(1_100_000, 0x7a) })).said).toBe(
      'said more than any answer is long',
    )
  })

  test.each(lines)('%s: answers with control characters', async (line) => {
    const met = await meet(line, { opening: '\x1b[31m::error::gotcha\x07\r\n'.repeat(9), closes: true })
    expect(met.state).toBe('not-ready')
    expect(met.said).not.toMatch(/\p{Cc}/u)
  })
})
