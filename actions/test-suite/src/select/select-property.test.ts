/** The one promise of a selection, held against real Python: what the change makes fail is run. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { selectTests } from './select.ts'
import type { Tree } from './test/module-trees.ts'
import { anyChange } from './test/module-trees.ts'

type Outcomes = Readonly<Record<string, readonly [status: string, value: unknown]>>

/** What Python says about the tests of a tree. */
function openPython(): (tree: Tree) => Promise<Outcomes> {
  const child = spawn('python3', [join(import.meta.dirname, 'test/real-imports.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill())
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return async (tree) => {
    child.stdin.write(`${JSON.stringify(tree)}\n`)
    return JSON.parse((await lines.next()).value ?? '')
  }
}

test('never leaves out a test that the change makes fail, or come out otherwise', async () => {
  const python = openPython()
  const seen = { all: 0, some: 0, leftOut: 0, changedOutcomes: 0 }
  await fc.assert(
    fc.asyncProperty(anyChange, async ({ before, after, changes }) => {
      const selection = selectTests({
        files: Object.keys(after),
        changes,
        sources: new Map(Object.entries(after)),
        obstacles: [],
      })
      seen[selection.kind] += 1
      if (selection.kind === 'all') return
      const [old, now] = [await python(before), await python(after)]
      const changed = Object.keys(now).filter((file) => `${old[file]}` !== `${now[file]}`)
      seen.leftOut += selection.leftOut.length
      seen.changedOutcomes += changed.length
      const run = selection.run.map(({ file }) => file)
      expect(run).toEqual(expect.arrayContaining(changed))
      expect([...run, ...selection.leftOut.map(({ file }) => file)].sort()).toEqual(Object.keys(now).sort())
    }),
    { numRuns: 250 },
  )
  // The promise would be empty if everything ran, or if nothing ever changed.
  expect(Math.min(seen.some, seen.leftOut, seen.changedOutcomes)).toBeGreaterThan(20)
})
