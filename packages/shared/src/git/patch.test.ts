import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPatch } from './patch.ts'

async function* chunked(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

/** As git 2.39 prints it with `-U0`. */
const patch = [
  'diff --git a/a.py b/a.py',
  'index 1111111..2222222 100644',
  '--- a/a.py',
  '+++ b/a.py',
  '@@ -1 +1,2 @@ def f():',
  '-one',
  '\\ No newline at end of file',
  '+++ b/other.py',
  '+diff --git a/x b/x',
  '@@ -9,0 +12 @@',
  '+twelve',
  '@@ -20,2 +22,0 @@',
  '-x',
  '-y',
  'diff --git "a/\\303\\274 \\"q\\"\\n\\t\\\\.py" "b/\\303\\274 \\"q\\"\\n\\t\\\\.py"',
  '--- /dev/null',
  '+++ "b/\\303\\274 \\"q\\"\\n\\t\\\\.py"',
  '@@ -0,0 +1 @@',
  '+x',
  'diff --git a/with blank.py b/with blank.py',
  '--- a/with blank.py\t',
  '+++ b/with blank.py\t',
  '@@ -1 +1 @@',
  '-x',
  '+y',
  'diff --git a/gone.py b/gone.py',
  '--- a/gone.py',
  '+++ /dev/null',
  '@@ -1 +0,0 @@',
  '-x',
  'Binary files a/b.bin and b/b.bin differ',
  '',
].join('\n')

const expected = new Map([
  [
    'a.py',
    [
      { start: 1, end: 2 },
      { start: 12, end: 12 },
    ],
  ],
  ['ü "q"\n\t\\.py', [{ start: 1, end: 1 }]],
  ['with blank.py', [{ start: 1, end: 1 }]],
])

describe('readPatch', () => {
  it('reads ranges, names, and no content', async () => {
    expect(await readPatch(chunked(patch, 1 << 16))).toEqual(expected)
  })

  it('does not depend on how the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (size) => {
        expect(await readPatch(chunked(patch, size))).toEqual(expected)
      }),
    )
  })

  it('joins ranges that touch', async () => {
    const text = 'diff --git a/a b/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n@@ -2,0 +2,3 @@\n+1\n+2\n+3\n'
    expect(await readPatch(chunked(text, 7))).toEqual(new Map([['a', [{ start: 1, end: 4 }]]]))
  })

  it('keeps no long line in memory', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('diff --git a/a b/a\n+++ b/a\n@@ -0,0 +1,2 @@\n+')
      const part = Buffer.alloc(1 << 20, 'x')
      for (let index = 0; index < 200; index += 1) yield part
      yield Buffer.from('\n+end\ndiff --git a/b b/b\n+++ b/b\n@@ -0,0 +7 @@\n+x\n')
    }
    const before = process.memoryUsage().rss
    expect([...(await readPatch(endless())).keys()]).toEqual(['a', 'b'])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * (1 << 20))
  })
})
