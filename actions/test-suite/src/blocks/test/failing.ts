/** Failed tests and what is known beside them. */
import type { Block } from '@ci-actions/shared'
import type { TestResult } from '../../results/test-result.ts'
import type { FailureView } from '../failure.ts'

export interface Failing extends Partial<Omit<TestResult, 'failures'>> {
  readonly message?: string
  readonly type?: string
  readonly text?: string
}

export function failing(id: string, given: Failing = {}): TestResult {
  const { message = 'no', type, text = '', ...rest } = given
  const status = given.status ?? 'failed'
  const failures = [{ kind: 'failure' as const, type, message, text }]
  return { id, name: id, suites: [], flaky: false, failures, ...rest, status }
}

export const view: FailureView = {
  places: { top: '/shop', cwd: '/shop', files: new Set(['src/orders.py', 'tests/test_orders.py']) },
  linkTemplate: 'https://github.com/acme/shop/blob/abc/{path}#L{line}',
  history: () => '',
}

/** Titles of sections, with those inside of them indented. */
export function titlesOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) =>
    block.kind === 'details' ? [block.title, ...titlesOf(block.blocks).map((title) => `  ${title}`)] : [],
  )
}

/** All blocks, those inside of sections too. */
export function flat(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block) => (block.kind === 'details' ? [block, ...flat(block.blocks)] : [block]))
}

export function codesOf(blocks: readonly Block[]): readonly string[] {
  return flat(blocks).flatMap((block) => (block.kind === 'code' ? [block.text] : []))
}
