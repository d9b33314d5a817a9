import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRemembered } from './remembered.ts'
import { openStage } from './test/stage.ts'

const entry = (text: string) => ({ findings: [], measurements: [{ metric: text, value: 1 }] })
const key = (digit: number) => String(digit).padStart(64, '0')

describe('the store', () => {
  test('is written only when something changed', async () => {
    const { host, root } = await openStage()
    const folder = join(root, 'store')
    const store = await openRemembered(host, folder)
    expect(await store.save()).toBe(false)
    await store.put('ruff', key(1), entry('a'))
    expect(await store.save()).toBe(true)
    const again = await openRemembered(host, folder)
    await again.put('ruff', key(1), entry('a'))
    expect(await again.get('ruff', key(1))).toEqual(entry('a'))
    expect(await again.save()).toBe(false)
  })

  test('keeps no entry in which a secret stands that was found meanwhile', async () => {
    const { host, root } = await openStage()
    const store = await openRemembered(host, root)
    await store.put('ruff', key(1), entry('key hunter2-hunter2'))
    await store.put('ruff', key(2), entry('none'))
    host.runner.hide('hunter2-hunter2')
    await store.save()
    expect(await readFile(join(root, 'ruff.jsonl'), 'utf8')).not.toContain('hunter2')
    const next = await openRemembered(host, root)
    expect(await next.get('ruff', key(1))).toBeUndefined()
    expect(await next.get('ruff', key(2))).toEqual(entry('none'))
  })

  test('of another generation is empty, and is replaced', async () => {
    const { host, root } = await openStage()
    const store = await openRemembered(host, root, '2.0.0')
    await store.put('ruff', key(1), entry('a'))
    await store.save()
    const next = await openRemembered(host, root, '2.1.0')
    expect(await next.get('ruff', key(1))).toBeUndefined()
    await next.put('mypy', key(1), entry('b'))
    await next.save()
    expect(await (await openRemembered(host, root, '2.0.0')).get('mypy', key(1))).toBeUndefined()
  })

  test('drops what many saved runs did not use', async () => {
    const { host, root } = await openStage()
    const limits = { totalBytes: 1_000_000, entryBytes: 1000, unusedRuns: 3 }
    for (let round = 0; round < 6; round += 1) {
      const store = await openRemembered(host, root, '', limits)
      if (round === 0) await store.put('ruff', key(1), entry('unused'))
      if (round === 0) await store.put('ruff', key(2), entry('used'))
      await store.get('ruff', key(2))
      await store.put('black', key(100 + round), entry('new'))
      await store.save()
    }
    const store = await openRemembered(host, root, '', limits)
    expect(await store.get('ruff', key(2))).toEqual(entry('used'))
    expect(await store.get('ruff', key(1))).toBeUndefined()
  })

  test('stays below its size, keeping what was used last', async () => {
    const { host, root } = await openStage()
    const limits = { totalBytes: 20_000, entryBytes: 5000, unusedRuns: 20 }
    for (let round = 0; round < 10; round += 1) {
      const store = await openRemembered(host, root, '', limits)
      await store.put(`tool-${round % 3}`, key(round), entry('x'.repeat(4000)))
      await store.put('huge', key(round), entry('x'.repeat(6000)))
      await store.save()
    }
    const store = await openRemembered(host, root, '', limits)
    expect(await store.get('tool-0', key(9))).toBeDefined()
    expect(await store.get('tool-0', key(0))).toBeUndefined()
    expect(await store.get('huge', key(9))).toBeUndefined()
    const sizes = await Promise.all(
      (await readdir(root)).map(async (name) => (await readFile(join(root, name))).length),
    )
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(22_000)
  })

  test('survives anything in its files', async () => {
    const { host, root } = await openStage()
    await writeFile(join(root, 'store.json'), '{"run": "many", "seconds": {"a": "b"')
    await appendFile(join(root, 'ruff.jsonl'), 'nonsense\n{"key":1}\n\u0000')
    const store = await openRemembered(host, root)
    expect(await store.get('ruff', key(1))).toBeUndefined()
    await store.put('ruff', key(1), entry('a'))
    expect(await store.save()).toBe(true)
  })
})
