import { execFileSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../test/stage.ts'
import { archiveMember } from './archive-member.ts'
import { tar, tarGz, zip } from './test/archives.ts'

async function textOf(archive: Uint8Array, member: string, largest?: number): Promise<string> {
  return Buffer.from(await archiveMember(archive, member, largest)).toString()
}

describe('an archive that was made by', () => {
  const long = `${'folder/'.repeat(30)}program`

  async function sources(): Promise<string> {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'folder/'.repeat(30)), { recursive: true })
    await writeFile(join(folder, long), 'long')
    await writeFile(join(folder, 'program'), 'short')
    return folder
  }

  test.each(['gnu', 'ustar', 'pax', 'v7'])('tar in its format %s', async (format) => {
    const folder = await sources()
    const names = format === 'ustar' || format === 'v7' ? ['program'] : [long, 'program']
    const path = join(await temporaryFolder(), 'a.tar.gz')
    execFileSync('tar', [
      `--format=${format}`,
      '-czf',
      path,
      '-C',
      folder,
      ...names.map((name) => `./${name}`),
    ])
    for (const name of names)
      expect(await textOf(await readFile(path), name)).toBe(name === long ? 'long' : 'short')
  })

  test.each(['ZIP_DEFLATED', 'ZIP_STORED'])('Python, as zip with %s', async (method) => {
    const folder = await sources()
    const path = join(await temporaryFolder(), 'a.zip')
    const script = `import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w", zipfile.${method}) as z:\n  z.write(sys.argv[3]); z.write("program")`
    execFileSync('python3', ['-c', script, path, '', long], { cwd: folder })
    expect(await textOf(await readFile(path), long)).toBe('long')
    expect(await textOf(await readFile(path), 'program')).toBe('short')
  })
})

const hostile = [
  { name: '/etc/passwd', content: 'root' },
  { name: '../../.bashrc', content: 'evil' },
  { name: 'a/../../program', content: 'other' },
]

describe.each([
  ['tar.gz', tarGz],
  ['zip', zip],
])('from a .%s', (_, pack) => {
  test('one file is taken by its whole name, whatever else is in it', async () => {
    expect(await textOf(pack([...hostile, { name: 'program', content: 'good' }]), 'program')).toBe('good')
  })

  test('a file with another name is never taken', async () => {
    await expect(archiveMember(pack(hostile), 'program')).rejects.toThrow('there is no program in it')
  })

  test('what unpacks to more than is allowed is refused', async () => {
    const bomb = pack([{ name: 'program', content: Buffer.alloc(5_000_000) }])
    expect(bomb.length).toBeLessThan(50_000)
    await expect(archiveMember(bomb, 'program', 1_000_000)).rejects.toThrow('more than 1000000 bytes')
  })

  test('a size that lies is refused', async () => {
    const archive = pack([{ name: 'program', content: 'x', size: 2_000_000_000 }])
    await expect(archiveMember(archive, 'program')).rejects.toThrow('cut off')
  })

  test('no part of it, and no damage, gives anything but the file or an error in words', async () => {
    const whole = pack([
      { name: 'other', content: 'o' },
      { name: 'program', content: 'good' },
    ])
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const bytes = Buffer.from(cut ? whole.subarray(0, at) : whole)
        if (!cut) bytes[at] = byte
        const result = await archiveMember(bytes, 'program').catch((error: Error) => error)
        if (!(result instanceof Error)) expect(Buffer.from(result).toString()).toBe('good')
        else expect(result.message).toMatch(/^(it|its|there is|program in it) /)
      }),
    )
  })
})

test('a link, a folder and an encrypted file are no program', async () => {
  const link = tarGz([{ name: 'program', type: '2', target: '/etc/passwd' }])
  await expect(archiveMember(link, 'program')).rejects.toThrow('no regular file')
  await expect(archiveMember(tarGz([{ name: 'program', type: '5' }]), 'program')).rejects.toThrow(
    'no regular',
  )
  const zipped = zip([{ name: 'program', content: '/etc/passwd', mode: 0o120777 }])
  await expect(archiveMember(zipped, 'program')).rejects.toThrow('no regular file')
})

test('other formats are refused', async () => {
  await expect(archiveMember(tar([{ name: 'program' }]), 'program')).rejects.toThrow('neither')
  await expect(archiveMember(new Uint8Array(), 'program')).rejects.toThrow('neither')
})
