import { expect, test } from 'vitest'
import { allTogether } from './all-problems.ts'
import { UnavailableError, UserError } from './errors.ts'

const wrong = (...problems: string[]) => Promise.reject(new UserError(problems))

test('gives all results in their order', async () => {
  expect(await allTogether<[number, string]>([Promise.resolve(1), Promise.resolve('b')])).toEqual([1, 'b'])
})

test('tells all problems at once, each one time', async () => {
  const failing = allTogether([wrong('one', 'two'), Promise.resolve(1), wrong('two', 'three')])
  await expect(failing).rejects.toEqual(new UserError(['one', 'two', 'three']))
  await expect(failing).rejects.toMatchObject({ problems: ['one', 'two', 'three'] })
})

test('what the user cannot mend comes first', async () => {
  const gone = new UnavailableError('the index', 'no answer')
  await expect(allTogether([wrong('one'), Promise.reject(gone)])).rejects.toBe(gone)
})
