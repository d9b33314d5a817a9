import { recordingHost } from '@ci-actions/shared/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { osvDatabase } from '../scan-settings.ts'
import { newestEntry } from './osv-archive.ts'

/** As archives have it: steps of two seconds, and days since 1980. */
function dosTime(text: string): number {
  const time = new Date(text)
  const day = ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate()
  const second = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() / 2)
  return day * 0x10000 + second
}

/** An archive with empty entries of these times; with the second record at the end that large ones have. */
function archive(times: readonly string[], isLarge = false): Buffer {
  const entries = times.map((time) => {
    const entry = Buffer.alloc(46 + 9 + 4)
    entry.write('PK\x01\x02', 'latin1')
    entry.writeUInt32LE(dosTime(time), 12)
    entry.writeUInt16LE(9, 28)
    entry.writeUInt16LE(4, 30)
    entry.write('OSV-1.jso', 46)
    return entry
  })
  const list = Buffer.concat(entries)
  const large = Buffer.alloc(76)
  large.write('PK\x06\x06', 'latin1')
  large.writeBigUInt64LE(BigInt(list.length), 40)
  large.write('PK\x06\x07', 56, 'latin1')
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt32LE(isLarge ? 0xffffffff : list.length, 12)
  return Buffer.concat([Buffer.from('PK\x03\x04 files'), list, ...(isLarge ? [large] : []), end])
}

const times = ['2026-03-01T10:20:30Z', '2025-12-31T23:59:58Z', '2026-02-28T00:00:00Z']

it.each([false, true])('the newest entry tells, also of an archive of many files: %s', (isLarge) => {
  expect(newestEntry(archive(times, isLarge))).toBe(Date.UTC(2026, 2, 1, 10, 20, 30))
})

it.each([
  ['entries without a time', archive(['1980-01-01T00:00:00Z'])],
  ['no entries', archive([])],
  ['a page of HTML', Buffer.from('<html>')],
  ['nothing', Buffer.alloc(0)],
])('nothing is told by %s', (_, bytes) => {
  expect(newestEntry(bytes)).toBeUndefined()
})

it('survives damage', () => {
  const whole = archive(times, true)
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, value) => {
      const damaged = Buffer.from(whole)
      damaged[at] = value
      const time = newestEntry(damaged.subarray(0, length))
      expect(time === undefined || Number.isFinite(time)).toBe(true)
    }),
  )
})

describe('the age of a folder with databases', () => {
  const now = Date.UTC(2026, 5, 1)
  const day = 86_400_000

  /** In days; each archive was copied an hour ago, or on the day that is given. */
  async function age(archives: Readonly<Record<string, readonly string[]>>, copied = now - day / 24) {
    const memory = recordingHost({
      facts: { workspace: '/w' },
      files: Object.fromEntries(
        Object.entries(archives).map(([name, each]) => [`/w/osv/osv-scalibr/${name}/all.zip`, archive(each)]),
      ),
    })
    const files = {
      ...memory.files,
      status: async (path: string) => {
        const status = await memory.files.status(path)
        return status && { ...status, modifiedMs: copied }
      },
    }
    const host = { ...memory, files, clock: { ...memory.clock, now: () => now } }
    return Number((await osvDatabase(host, 'osv'))['osv-database-age']) / 86_400
  }

  it('is that of what is in it, whenever it was copied', async () => {
    expect(await age({ PyPI: ['2026-05-22T00:00:00Z', '2026-01-01T00:00:00Z'] })).toBe(10)
    expect(await age({ PyPI: ['2026-05-31T12:00:00Z'], npm: ['2026-05-30T00:00:00Z'] })).toBe(2)
  })

  it('is that of the file where that is older, or the archive does not say', async () => {
    expect(await age({ PyPI: ['2026-05-31T00:00:00Z'] }, now - 3 * day)).toBe(3)
    expect(await age({ npm: ['1980-01-01T00:00:00Z'] }, now - 3 * day)).toBe(3)
  })

  it('is that of the file for ecosystems in which little happens', async () => {
    expect(await age({ Hackage: ['2025-01-01T00:00:00Z'] }, now - 2 * day)).toBe(2)
  })
})
