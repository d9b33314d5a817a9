import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Service } from './service.ts'
import { parseService, serviceSecrets } from './service.ts'

function read(line: string): Service {
  const service = parseService(line)
  if ('problem' in service) throw new Error(service.problem)
  return service
}

function problemOf(line: string): string {
  const service = parseService(line)
  return 'problem' in service ? service.problem : ''
}

describe('a line', () => {
  test.each([
    ['postgres://localhost:5432/app', 'postgresql', 'localhost', 5432],
    ['postgresql://db', 'postgresql', 'db', 5432],
    ['postgresql+asyncpg://db/app', 'postgresql', 'db', 5432],
    ['redis://cache:6380/2', 'redis', 'cache', 6380],
    ['rediss://cache', 'redis', 'cache', 6379],
    ['bolt://graph', 'bolt', 'graph', 7687],
    ['neo4j://graph:7688', 'bolt', 'graph', 7688],
    ['bolt+s://graph', 'bolt', 'graph', 7687],
    ['nats://queue', 'nats', 'queue', 4222],
    ['amqp://queue/vhost', 'amqp', 'queue', 5672],
    ['amqps://queue', 'amqp', 'queue', 5671],
    ['mysql+pymysql://db/app', 'mysql', 'db', 3306],
    ['mongodb://db/app', 'mongodb', 'db', 27017],
    ['http://api:8080/health?deep=1', 'http', 'api', 8080],
    ['https://api/health', 'http', 'api', 443],
    ['HTTP://api/health', 'http', 'api', 80],
    ['tcp://[::1]:99', 'tcp', '::1', 99],
    ['  tcp://127.0.0.1:99  ', 'tcp', '127.0.0.1', 99],
  ])('%s', (line, protocol, host, port) => {
    expect(read(line)).toMatchObject({ protocol, host, port })
  })

  test('gives user, password and database as they are meant', () => {
    expect(read('postgres://us%40er:p%3Aa%2Fs%25@db/my%20app')).toMatchObject({
      user: 'us@er',
      password: 'p:a/s%',
      database: 'my app',
      name: 'postgres://db:5432/my%20app',
    })
    expect(read('redis://:secret@cache').user).toBeUndefined()
    expect(read('http://api/health?key=1')).toMatchObject({
      target: '/health?key=1',
      name: 'http://api:80/health',
    })
  })

  test('says which TLS it wants', () => {
    const tls = (line: string) => read(line).tls
    expect(tls('redis://c')).toBe('off')
    expect(tls('rediss://c')).toBe('verified')
    expect(tls('rediss://c?ssl_cert_reqs=none')).toBe('any')
    expect(tls('redis://c?ssl_cert_reqs=none')).toBe('off')
    expect(tls('neo4j+ssc://g')).toBe('any')
    expect(tls('postgres://d?sslmode=prefer')).toBe('off')
    expect(tls('postgres://d?sslmode=require')).toBe('any')
    expect(tls('postgres://d?sslmode=verify-full')).toBe('verified')
  })
})

describe('a line that cannot be used', () => {
  test.each([
    ['localhost:5432', 'this is no address'],
    ['', 'this is no address'],
    ['kafka://localhost', 'kafka:// is not known. There are postgres, '],
    ['constructor://localhost', 'is not known'],
    ['redis+psycopg://localhost', 'is not known'],
    ['mongodb+srv://cluster', 'is not known'],
    ['postgres:///app', 'it names no host'],
    ['postgres://a:1,b:2/app', 'one host and one port'],
    ['postgres://db:99999/app', 'one host and one port'],
    ['postgres://db:0', 'it names no port'],
    ['tcp://localhost', 'it names no port'],
    ['tcp://a%20b:1', 'it names no host'],
    ['redis://cache/orders', 'a database of Redis is a number'],
    ['postgres://u:100%@db', '%25'],
    ['postgres://u:1/2@db/x', '%2F'],
    ['postgres://db/%00', 'not readable'],
    [`tcp://${'x'.repeat(3000)}:1`, 'one host'],
  ])('%s', (line, why) => {
    expect(problemOf(line)).toContain(why)
    expect(problemOf(line).length).toBeLessThan(500)
  })
})

describe('secrets', () => {
  test.each([
    ['postgres://app:hunter22@db/x', ['hunter22']],
    ['postgres://app:p%40ss@db', ['p%40ss', 'p@ss']],
    ['redis://:top@secret@cache', ['top@secret']],
    ['nats://token-of-nats@queue', ['token-of-nats']],
    ['http://api/health?key=abcd&deep=1', ['abcd']],
    ['postgres://db/app?user=u&password=pw%21x', ['pw%21x', 'pw!x']],
    ['kafka://app:hunter22@db', ['hunter22']],
    ['postgres://app:with/slash@db', ['with/slash']],
    ['postgres://app@db', []],
  ])('of %s', (line, secrets) => {
    expect(serviceSecrets(line)).toEqual(secrets)
  })

  test('never stand in a name or a problem', () => {
    const word = fc.string({ unit: fc.constantFrom('S', 'E', '@', ':', '/', '?', '#', '%', ' ', '[') })
    const scheme = fc.constantFrom('postgres', 'redis', 'nats', 'kafka', 'http', 'tcp')
    fc.assert(
      fc.property(scheme, word, word, (name, before, after) => {
        const password = `${before}hunter22${after}`
        const service = parseService(`${name}://app:${password}@db:1/x`)
        expect('problem' in service ? service.problem : service.name).not.toContain('hunter22')
      }),
      { numRuns: 500 },
    )
  })
})
