import { describe, expect, it } from 'vitest'
import { memoryFiles } from '../host/recording/files.ts'
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

  it('says size and time', async () => {
    expect(await findFiles(files, '/w', ['reports/a.xml'])).toEqual([
      { path: 'reports/a.xml', bytes: 3, modifiedMs: 7 },
    ])
  })
})
