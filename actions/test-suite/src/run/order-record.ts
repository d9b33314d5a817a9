/** Keeps in which order tests ran and what came of each, and none of their texts. */
import type { ResultSink } from '../results/test-result.ts'
import type { OrderRun } from './order-examination.ts'

export interface OrderRecord {
  /** Hands each test on, where there is somebody to take it. */
  readonly sink: ResultSink
  run(): OrderRun
}

export function recordOrder(next?: ResultSink): OrderRecord {
  const order = new Set<string>()
  const passed = new Set<string>()
  const failed = new Set<string>()
  return {
    sink: {
      test: (result) => {
        next?.test(result)
        const { id, status, flaky } = result
        // Files that were skipped or not collected are no tests.
        if (!id.includes('::')) return
        order.add(id)
        if (status === 'failed' || status === 'error') failed.add(id)
        else if (status === 'passed' && !flaky) passed.add(id)
      },
    },
    run: () => ({ order: [...order], passed: passed.difference(failed), failed }),
  }
}
