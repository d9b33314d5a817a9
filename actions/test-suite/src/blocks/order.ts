/** Tests that fail only in some order, and those that failed by chance. Pure. */
import type { Block } from '@ci-actions/shared'
import { dependsOnOrder, describeOrder } from '../results/order-role.ts'
import type { TestResult } from '../results/test-result.ts'
import { code } from './prose.ts'

/** Failed and flaky tests of which it is known what the order has to do with them. */
export function orderBlocks(tests: readonly TestResult[]): readonly Block[] {
  const known = tests.flatMap(({ id, order }) => (order === undefined ? [] : [{ id, order }]))
  if (known.length === 0) return []
  const dependent = known.filter(({ order }) => dependsOnOrder(order))
  const chance = known.filter(({ order }) => !dependsOnOrder(order))
  const blocks = [...dependent, ...chance].flatMap(({ id, order }): readonly Block[] => [
    { kind: 'paragraph', text: `${code(id)}: ${describeOrder(order)}` },
    { kind: 'code', language: 'shell', text: order.command },
  ])
  const title = `Order of the tests: ${dependent.length} of ${known.length} fail only in some order`
  return [{ kind: 'details', title, blocks }]
}
