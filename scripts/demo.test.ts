import { describe, expect, test } from 'vitest'
import { unexpected } from './demo.ts'

const planted = ['new.formatting-issues == 0', 'new.type-errors < 5', 'delta.score >= 0']
const failed = (rules: readonly string[]) => rules.map((rule) => ({ rule, outcome: 'failed' }))

describe('the expectation of the demo', () => {
  test('is the failed verdict, for the planted reasons', () => {
    const passed = { rule: 'new.lint-errors < 10', outcome: 'passed' }
    expect(unexpected({ verdict: 'failed', rules: [...failed(planted), passed] })).toEqual([])
  })

  test('is not another verdict', () => {
    expect(unexpected({ verdict: 'incomplete', rules: failed(planted) })).toEqual([
      'the verdict is incomplete, not failed',
    ])
  })

  test('is not a rule less, or a rule more', () => {
    expect(unexpected({ verdict: 'failed', rules: failed(planted.slice(1)) })).toHaveLength(1)
    expect(unexpected({ verdict: 'failed', rules: failed([...planted, 'tools-failed == 0']) })).toHaveLength(
      1,
    )
  })
})
