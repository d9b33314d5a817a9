import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesOf } from './test/changes.ts'
import { commitTree, scratchRepository, writeTree } from './test/scratch.ts'

describe('readChanges', () => {
  it('reports exactly the lines that random edits touched', async () => {
    const edit = fc.constantFrom('keep', 'keep', 'keep', 'drop', 'replace', 'insert')
    const folder = scratchRepository({ 'a.py': '' })
    const text = fc.record({ edits: fc.array(edit, { maxLength: 40 }), newline: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(text, async ({ edits, newline }) => {
        const before = edits.map((_, index) => `old ${index}`)
        const after = edits.flatMap((kind, index) => {
          const own = `new ${index}`
          if (kind === 'drop') return []
          return kind === 'keep' ? [`old ${index}`] : kind === 'replace' ? [own] : [own, `old ${index}`]
        })
        const base = commitTree(folder, { 'a.py': before.map((line) => `${line}\n`).join('') })
        const end = newline || after.at(-1)?.startsWith('old') ? '\n' : ''
        writeTree(folder, { 'a.py': after.length === 0 ? '' : `${after.join('\n')}${end}` })
        const [change] = await changesOf(folder, base)
        const touched = (change?.lines ?? []).flatMap(({ start, end }) =>
          Array.from({ length: end - start + 1 }, (_, index) => start + index),
        )
        expect(touched).toEqual(after.flatMap((line, index) => (line.startsWith('new') ? [index + 1] : [])))
      }),
      { numRuns: 40 },
    )
  })
})
