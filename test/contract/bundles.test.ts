/** The committed bundles: one file each, with the licences of all that is in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { BUNDLE_FILES } from '../../scripts/bundle.ts'

const actions = resolve(import.meta.dirname, '../../actions')

describe.for(readdirSync(actions))('the bundle of %s', (name) => {
  const dist = join(actions, name, 'dist')
  const read = (file: string): string => readFileSync(join(dist, file), 'utf8')

  // A chunk beside index.js means a dynamic import, and a list of licences without those of its packages.
  test('is exactly one script, its licences and its module type', () => {
    expect(readdirSync(dist).toSorted()).toEqual([...BUNDLE_FILES].toSorted())
    expect(JSON.parse(read('package.json'))).toEqual({ type: 'module' })
  })

  test('names the licence of everything that is in it', () => {
    const manifest = readFileSync(join(actions, '../packages/shared/package.json'), 'utf8')
    const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(manifest)
    const named = new Set(read('licenses.txt').split('\n'))
    expect(Object.keys(dependencies).filter((dependency) => !named.has(dependency))).toEqual([])
    expect(read('licenses.txt').length).toBeGreaterThan(10_000)
  })

  test('is what action.yml starts, with Node 24', () => {
    const { runs } = parse(readFileSync(join(actions, name, 'action.yml'), 'utf8'))
    expect(runs.using).toBe('node24')
    for (const file of [runs.main, runs.post].filter(Boolean))
      expect(existsSync(join(actions, name, file)), file).toBe(true)
  })

  test('can be read: not minified', () => {
    const text = read('index.js')
    expect(text.length / text.split('\n').length).toBeLessThan(120)
  })
})
