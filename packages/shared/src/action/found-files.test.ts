import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memoryFiles } from '../host/recording/files.ts'
import { nodeFiles } from '../host/recording/index.ts'
import { findFiles } from './found-files.ts'

const files = memoryFiles(
  {
    '/w/reports/a.xml': 'one',
    '/w/reports/deep/b.xml': '',
    '/w/reports/c.txt': '',
    '/w/node_modules/d.xml': '',
    '/w/junit.xml': '',
    '/outside.xml': '',
  },
  () => 7,
)
const paths = async (...patterns: string[]) =>
  (await findFiles(files, '/w', patterns)).map(({ path }) => path)

describe('findFiles', () => {
  it('finds by name, in one folder and at any depth', async () => {
    expect(await paths('junit.xml')).toEqual(['junit.xml'])
    expect(await paths('./reports/*.xml')).toEqual(['reports/a.xml'])
    expect(await paths('reports/**/*.xml')).toEqual(['reports/a.xml', 'reports/deep/b.xml'])
    expect(await paths('**/*.xml')).toEqual(['junit.xml', 'reports/a.xml', 'reports/deep/b.xml'])
  })

  it('names a file once, however many patterns match', async () => {
    expect(await paths('**/*.xml', 'reports/*.xml', 'junit.xml')).toEqual([
      'junit.xml',
      'reports/a.xml',
      'reports/deep/b.xml',
    ])
  })

  it('looks into installed packages only where they are named', async () => {
    expect(await paths('node_modules/*.xml')).toEqual(['node_modules/d.xml'])
  })

  it('finds nothing where nothing is', async () => {
    expect(await paths('missing/*.xml', 'reports')).toEqual([])
  })

  it('follows no link out of the folder, whether the pattern begins behind it or not', async () => {
    const top = mkdtempSync(join(tmpdir(), 'found-files-'))
    try {
      const folder = join(top, 'w')
      for (const each of ['w/in', 'out']) {
        mkdirSync(join(top, each), { recursive: true })
        writeFileSync(join(top, each, 'a.xml'), '')
      }
      symlinkSync(join(top, 'out'), join(folder, 'link'))
      const links: string[] = []
      const patterns = ['link/a.xml', 'link/**/*.xml', '**/a.xml', 'in/a.xml', 'in/*.xml']
      const found = await findFiles(nodeFiles, folder, patterns, (path) => links.push(path))
      expect(found.map(({ path }) => path)).toEqual(['in/a.xml'])
      expect(links).toEqual(['link/a.xml'])
    } finally {
      rmSync(top, { recursive: true })
    }
  })

  it('says size and time', async () => {
    expect(await findFiles(files, '/w', ['reports/a.xml'])).toEqual([
      { path: 'reports/a.xml', bytes: 3, modifiedMs: 7 },
    ])
  })
})
