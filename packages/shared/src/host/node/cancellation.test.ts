import { expect, test } from 'vitest'
import type { Signals } from './cancellation.ts'
import { watchSignals } from './cancellation.ts'

function fakeProcess() {
  const listeners = new Map<string, () => void>()
  const exits: number[] = []
  const signals: Signals = {
    on: (signal, listener) => listeners.set(signal, listener),
    exit: (code) => exits.push(code),
  }
  return { signals, exits, send: (signal: 'SIGINT' | 'SIGTERM') => listeners.get(signal)?.() }
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s aborts and does not exit', (signal) => {
  const fake = fakeProcess()
  const cancelled = watchSignals(fake.signals, () => 0)
  expect(cancelled.aborted).toBe(false)
  fake.send(signal)
  expect(cancelled.aborted).toBe(true)
  expect(cancelled.reason).toBe(signal)
  expect(fake.exits).toEqual([])
})

test('the second signal exits with its number', () => {
  let now = 0
  const fake = fakeProcess()
  watchSignals(fake.signals, () => now)
  fake.send('SIGINT')
  now = 7500
  fake.send('SIGTERM')
  expect(fake.exits).toEqual([143])
})

test('the echo of the first one by npm is no second one', () => {
  let now = 0
  const fake = fakeProcess()
  watchSignals(fake.signals, () => now)
  fake.send('SIGINT')
  now = 20
  fake.send('SIGINT')
  expect(fake.exits).toEqual([])
  now = 1000
  fake.send('SIGINT')
  expect(fake.exits).toEqual([130])
})
