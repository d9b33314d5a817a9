/** Waiting, with real connections to scripted peers of this machine. */
import { nodeClock, nodeSockets, recordingHost } from '@ci-actions/shared/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { closePeers, freePort, listen, service, waitReally } from './test/peers.ts'
import { describeOutcome, waitForServices } from './wait.ts'

afterEach(closePeers)

const bolt = Buffer.from([0, 0, 4, 5])

describe('one service', () => {
  test('is ready as soon as it answers', async () => {
    const port = await listen((peer) => peer.once('data', () => peer.write(bolt)))
    const outcome = await waitReally(`bolt://localhost:${port}`)
    expect(outcome).toMatchObject({ state: 'ready', said: 'speaks Bolt 5.4', attempts: 1 })
    expect(describeOutcome(outcome)).toMatch(
      /^bolt:\/\/localhost:\d+ is ready after \d+\.\d s: it speaks Bolt 5\.4\.$/,
    )
  })

  test('that comes up after a second is waited for', async () => {
    const port = await freePort()
    const late = nodeClock
      .sleep(1000)
      .then(() => listen((peer) => peer.write('INFO {"server_id":"N"}\r\nPONG\r\n'), port))
    const outcome = await waitReally(`nats://127.0.0.1:${port}`, 20)
    await late
    expect(outcome.state).toBe('ready')
    expect(outcome.attempts).toBeGreaterThan(1)
  })

  test('that listens early and answers late is waited for', async () => {
    let connections = 0
    const port = await listen((peer) => {
      connections += 1
      peer.once('data', () => peer.end(connections < 3 ? '-LOADING Redis is loading\r\n' : '+PONG\r\n'))
    })
    expect(await waitReally(`redis://127.0.0.1:${port}`, 20)).toMatchObject({ state: 'ready', attempts: 3 })
  })

  test.each([
    ['stays silent', () => {}, /^took the connection, then: no answer within 1 seconds$/],
    ['closes', (peer: { end(): void }) => peer.end(), /^closed the connection without a word$/],
    [
      'answers garbage',
      (peer: { end(text: string): void }) => peer.end('220 mail.example ESMTP\r\n'),
      /^answered “220 mail\.example ESMTP”, which is not Redis$/,
    ],
  ])('that %s is not ready', async (_, behave, said) => {
    const port = await listen(behave)
    const outcome = await waitReally(`redis://127.0.0.1:${port}`, 0.3)
    expect(outcome).toMatchObject({ state: 'not-ready', said: expect.stringMatching(said) })
    expect(describeOutcome(outcome)).toContain(`redis://127.0.0.1:${port} was not ready after`)
  })

  test('of which nothing listens is not ready', async () => {
    const outcome = await waitReally(`amqp://127.0.0.1:${await freePort()}`, 0.2)
    expect(outcome.said).toBe('was not reached: nothing listens on that port (ECONNREFUSED)')
  })

  test('that refuses the line ends the waiting', async () => {
    const port = await listen((peer) => peer.once('data', () => peer.end('-WRONGPASS invalid password\r\n')))
    const outcome = await waitReally(`redis://:hunter22@127.0.0.1:${port}`, 60)
    expect(outcome).toMatchObject({ state: 'refused', attempts: 1 })
    expect(describeOutcome(outcome)).toContain('Waiting would not help.')
  })
})

describe('a bare port', () => {
  test('that keeps the connection is ready', async () => {
    const port = await listen(() => {})
    expect((await waitReally(`tcp://127.0.0.1:${port}`)).state).toBe('ready')
  })

  test('that greets is ready', async () => {
    const port = await listen((peer) => peer.write('220 mail.example ESMTP\r\n'))
    expect((await waitReally(`tcp://127.0.0.1:${port}`)).state).toBe('ready')
  })

  test('that closes at once is not, as of a container whose service has not started', async () => {
    const port = await listen((peer) => peer.end())
    expect(await waitReally(`tcp://127.0.0.1:${port}`, 0.3)).toMatchObject({
      state: 'not-ready',
      said: 'takes connections and closes them at once',
    })
  })
})

describe('several services', () => {
  test('are waited for at once, each with its own outcome, in their order', async () => {
    const good = await listen((peer) => peer.once('data', () => peer.end('HTTP/1.1 200 OK\r\n\r\n')))
    const bad = await freePort()
    const host = recordingHost({ sockets: nodeSockets(new AbortController().signal), clock: nodeClock })
    const lines = [`redis://127.0.0.1:${bad}`, `http://127.0.0.1:${good}/health`, `bolt://127.0.0.1:${bad}`]
    const outcomes = await waitForServices(host, lines.map(service), { timeoutSeconds: 0.3 })
    expect(outcomes.map(({ state }) => state)).toEqual(['not-ready', 'ready', 'not-ready'])
    expect(host.recorded.log()).toContain('/health is ready')
  })

  test('of none there is nothing to wait for', async () => {
    expect(await waitForServices(recordingHost(), [], { timeoutSeconds: 1 })).toEqual([])
  })
})

test('a cancelled run waits no longer, and says what was said last', async () => {
  const port = await listen((peer) => peer.once('data', () => peer.end('-LOADING not yet\r\n')))
  const controller = new AbortController()
  const host = recordingHost({
    sockets: nodeSockets(controller.signal),
    clock: nodeClock,
    cancelled: controller.signal,
  })
  const waiting = waitForServices(host, [service(`redis://127.0.0.1:${port}`)], { timeoutSeconds: 600 })
  setTimeout(() => controller.abort(), 300)
  expect(await waiting).toMatchObject([{ state: 'cancelled', said: 'answered “LOADING not yet”' }])
})

test('passwords are hidden before the first connection, and in what a peer repeats', async () => {
  const seen: (readonly string[])[] = []
  const host = recordingHost({
    sockets: () => {
      seen.push([...host.recorded.masked])
      return { answer: (written) => `-ERR unknown ${Buffer.from(written).toString().split('\r\n')[4]}\r\n` }
    },
  })
  const [outcome] = await waitForServices(host, [service('redis://:hunter%3222@cache')], {
    timeoutSeconds: 1,
  })
  expect(seen[0]).toEqual(['hunter%3222', 'hunter222'])
  expect(outcome?.said).toBe('answered “ERR unknown ***”')
  expect(host.recorded.log()).not.toContain('hunter')
})
