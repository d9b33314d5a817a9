/** The probes against the real servers, from before they listen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitReally } from './test/peers.ts'
import { missing, servers, startNats, startPostgres, startRedis, stopServers } from './test/real-servers.ts'

afterAll(stopServers)

async function stateOf(line: string, seconds = 30): Promise<readonly [string, string]> {
  const { state, said } = await waitReally(line, seconds)
  return [state, said]
}

describe('PostgreSQL', () => {
  let port = 0
  beforeAll(async () => {
    if (servers.postgres !== undefined) port = await startPostgres(servers.postgres)
  })

  test.for([
    ['of a user with SCRAM', 'app:hunter22', '/postgres', 'ready', 'takes queries'],
    ['of a user with MD5', 'old:hunter22', '/postgres', 'ready', 'takes queries'],
    ['of a user whose password goes in the clear', 'plain:hunter22', '/postgres', 'ready', 'takes queries'],
    ['without a password', 'app', '/postgres', 'ready', 'asks for a password'],
    ['without anything', '', '', 'ready', 'asks for a password'],
    [
      'with a wrong password',
      'app:hunter23',
      '/postgres',
      'refused',
      'password authentication failed for user "app"',
    ],
    ['with a wrong password, MD5', 'old:hunter23', '/postgres', 'refused', 'password authentication failed'],
    ['of a user that is not there', 'nobody:hunter22', '/postgres', 'refused', 'no pg_hba.conf entry'],
    [
      'of a database that is not there',
      'app:hunter22',
      '/orders',
      'refused',
      'database "orders" does not exist',
    ],
  ] as const)('%s', async ([, login, database, state, said], context) => {
    if (servers.postgres === undefined) return context.skip(missing('postgres'))
    const line = `postgres://${login}${login === '' ? '' : '@'}127.0.0.1:${port}${database}`
    expect(await stateOf(line)).toEqual([state, expect.stringContaining(said)])
  })

  test('that demands TLS of a server without it', async (context) => {
    if (servers.postgres === undefined) return context.skip(missing('postgres'))
    const [state, said] = await stateOf(`postgres://app:hunter22@127.0.0.1:${port}/postgres?sslmode=require`)
    expect([state, said]).toEqual(['refused', 'does not speak TLS, which sslmode in the line asks for'])
  })

  test('taken for Redis', async (context) => {
    if (servers.postgres === undefined) return context.skip(missing('postgres'))
    expect((await stateOf(`redis://127.0.0.1:${port}`, 1))[0]).toBe('not-ready')
  })

  test('that has not started up yet', async (context) => {
    if (servers.postgres === undefined) return context.skip(missing('postgres'))
    const standby = await startPostgres(servers.postgres, { standby: true })
    await waitReally(`tcp://127.0.0.1:${standby}`, 30)
    expect(await stateOf(`postgres://app:hunter22@127.0.0.1:${standby}/postgres`, 1)).toEqual([
      'not-ready',
      expect.stringMatching(
        /the database system is (starting up|not accepting connections|not yet accepting connections)/,
      ),
    ])
  })
})

describe('Redis', () => {
  test('open to all', async (context) => {
    if (servers.redis === undefined) return context.skip(missing('redis'))
    const port = await startRedis(servers.redis)
    expect(await stateOf(`redis://127.0.0.1:${port}/1`)).toEqual(['ready', 'answers PING'])
    expect((await stateOf(`redis://:hunter22@127.0.0.1:${port}`))[0]).toBe('refused')
    expect(await stateOf(`redis://127.0.0.1:${port}/99`)).toEqual([
      'refused',
      expect.stringContaining('out of range'),
    ])
    expect((await stateOf(`postgres://127.0.0.1:${port}`, 1))[0]).toBe('not-ready')
    expect((await stateOf(`nats://127.0.0.1:${port}`, 1))[0]).toBe('not-ready')
  })

  test('with a password', async (context) => {
    if (servers.redis === undefined) return context.skip(missing('redis'))
    const port = await startRedis(servers.redis, 'hunter22')
    expect(await stateOf(`redis://:hunter22@127.0.0.1:${port}`)).toEqual(['ready', 'answers PING'])
    expect(await stateOf(`redis://default:hunter22@127.0.0.1:${port}/0`)).toEqual(['ready', 'answers PING'])
    expect((await stateOf(`redis://127.0.0.1:${port}`))[1]).toContain('asks for a password')
    expect(await stateOf(`redis://:hunter23@127.0.0.1:${port}`)).toEqual([
      'refused',
      expect.stringContaining('WRONGPASS'),
    ])
  })
})

describe('NATS', () => {
  test('open to all', async (context) => {
    if (servers.nats === undefined) return context.skip(missing('nats'))
    const port = await startNats(servers.nats)
    expect(await stateOf(`nats://127.0.0.1:${port}`)).toEqual(['ready', 'answers PING'])
    expect((await stateOf(`redis://127.0.0.1:${port}`, 1))[0]).toBe('not-ready')
  })

  test('with a password', async (context) => {
    if (servers.nats === undefined) return context.skip(missing('nats'))
    const port = await startNats(servers.nats, 'hunter22')
    expect(await stateOf(`nats://app:hunter22@127.0.0.1:${port}`)).toEqual(['ready', 'answers PING'])
    expect((await stateOf(`nats://127.0.0.1:${port}`))[1]).toContain('asks for a login')
    expect(await stateOf(`nats://app:hunter23@127.0.0.1:${port}`)).toEqual([
      'refused',
      expect.stringContaining('Authorization Violation'),
    ])
  })
})
