import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sampleRenderings } from './test/sample-renderings.ts'

/** Kept so that a reviewer sees what changes: `make preview` shows them, `scripts/preview.ts --update` refreshes. */
const folder = join(import.meta.dirname, 'samples')
const rendered = sampleRenderings()

it.each([...rendered.keys()])('samples/%s is what is rendered', (name) => {
  expect(rendered.get(name)).toBe(readFileSync(join(folder, name), 'utf8'))
})

it('keeps no others', () => {
  expect(readdirSync(folder).toSorted()).toEqual([...rendered.keys()].toSorted())
})

it('renders the same again', () => {
  expect(sampleRenderings()).toEqual(rendered)
})
