import { expect, it } from 'vitest'
import { projectOf } from '../test/sample-project.ts'
import { zizmor } from './zizmor.ts'

const noticesOf = (files: readonly string[]) =>
  (zizmor.notices?.(projectOf([...files, '.github/workflows/ci.yml'])) ?? []).map(({ message }) => message)

it('says which file of the project switches audits off, and which has no effect', () => {
  expect(noticesOf([])).toEqual([])
  expect(noticesOf(['zizmor.yml'])).toEqual(['zizmor.yml decides what zizmor passes over.'])
  expect(noticesOf(['zizmor.yml', '.github/zizmor.yml'])).toEqual([
    '.github/zizmor.yml decides what zizmor passes over.',
    expect.stringMatching(/^zizmor\.yml has no effect/),
  ])
})
