import { reportOf } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { coverageFiles } from './coverage-files.ts'

/** As many files, each with a line that ran and one that did not. */
function coverage(files: number) {
  return reportOf(
    Array.from({ length: files }, (_, index) => {
      return { path: `src/module_${index}.py`, covered: [1], missed: [2], branches: [] }
    }),
  )
}

describe('coverageFiles', () => {
  it('writes nothing without coverage', () => {
    expect(coverageFiles(undefined)).toEqual({ files: {}, notices: [] })
  })

  it('writes every format for ten thousand files, and a page of the worst ones', () => {
    const { files, notices } = coverageFiles(coverage(10_000))
    expect(Object.keys(files).sort()).toEqual([
      'coverage/cobertura.xml',
      'coverage/coverage.json',
      'coverage/coverage.svg',
      'coverage/index.html',
      'coverage/lcov.info',
    ])
    expect(notices).toEqual([])
    expect(files['coverage/lcov.info']?.match(/^SF:/gm)).toHaveLength(10_000)
    expect(files['coverage/index.html']).toContain('Showing 5000 of 10000 files')
  })

  it('leaves out what would be too large, and says so', () => {
    const { files, notices } = coverageFiles(coverage(100), 199)
    expect(Object.keys(files)).not.toContain('coverage/cobertura.xml')
    expect(Object.keys(files)).toContain('coverage/index.html')
    expect(notices.join()).toContain('`cobertura.xml` and `lcov.info` are not written: 200 lines')
    expect(coverageFiles(coverage(100), 200).notices).toEqual([])
  })
})
