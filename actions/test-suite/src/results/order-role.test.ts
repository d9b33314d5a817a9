import { describe, expect, it } from 'vitest'
import type { OrderRole } from './order-role.ts'
import { dependsOnOrder, describeOrder, orderRoleOf } from './order-role.ts'

const command = 'pytest a b'
const after = { kind: 'after', command } as const
const without = { kind: 'without', command } as const

describe('describeOrder', () => {
  it.each<[OrderRole, RegExp]>([
    [{ ...after, test: 'a`b' }, /^It fails after `a'b` and passes without it\.$/],
    [{ ...without, test: 'a' }, /^It passes in file order and fails where `a` has not run before/],
    [{ ...after, several: true }, /fails in this order: no single one/],
    [after, /fails in this order: .*not found/],
    [{ ...without, several: true }, /fails without the tests before it: no single one/],
    [{ kind: 'chance', command }, /passed the second time in the same order/],
  ])('is a sentence for %o', (role, sentence) => {
    expect(describeOrder(role)).toMatch(sentence)
  })
})

describe('dependsOnOrder', () => {
  it('is not said of chance, and not of what nobody looked into', () => {
    expect([after, without, { kind: 'chance' as const, command }, undefined].map(dependsOnOrder)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('orderRoleOf', () => {
  it('takes nothing from a file that is none of ours', () => {
    for (const value of [undefined, null, 'after', [], {}, { kind: 'before', command }])
      expect(orderRoleOf(value)).toBeUndefined()
    expect(orderRoleOf({ kind: 'after', test: 7, several: 'yes', command: 8, more: 1 })).toEqual({
      kind: 'after',
      command: '',
    })
  })
})
