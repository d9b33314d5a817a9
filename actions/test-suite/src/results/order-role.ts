/** What the order in which tests ran has to do with a failure, and the sentence for it. Pure. */
import { isRecord } from '@ci-actions/shared'

export interface OrderRole {
  /**
   * `after`: passes without the tests before it, and fails with them. `without`: fails without them, and passes in
   * the order of the files. `chance`: failed and passed in one and the same order, so the order is not it.
   */
  readonly kind: 'after' | 'without' | 'chance'
  /** Id of the one test that makes the difference; undefined where none was found, or none was looked for. */
  readonly test?: string | undefined
  /** Whether it was looked for to the end, and no single one makes the difference. */
  readonly several?: boolean | undefined
  /** Shows it, in a shell in the project's folder. */
  readonly command: string
}

/** Of a file; undefined for what is none. */
export function orderRoleOf(value: unknown): OrderRole | undefined {
  if (!isRecord(value)) return undefined
  const { kind, test, several, command } = value
  if (kind !== 'after' && kind !== 'without' && kind !== 'chance') return undefined
  return {
    kind,
    ...(typeof test === 'string' && { test }),
    ...(several === true && { several }),
    command: typeof command === 'string' ? command : '',
  }
}

/** Whether the test does depend on the order. */
export function dependsOnOrder(role: OrderRole | undefined): boolean {
  return role !== undefined && role.kind !== 'chance'
}

/** One or two sentences about the test, with ids in backticks. */
export function describeOrder({ kind, test, several }: OrderRole): string {
  if (kind === 'chance') return 'It failed, and passed the second time in the same order: flaky by itself.'
  const name = test === undefined ? undefined : `\`${test.replaceAll('`', "'")}\``
  if (kind === 'after') {
    if (name !== undefined) return `It fails after ${name} and passes without it.`
    return `It passes without the tests before it and fails in this order: ${unnamed(several)}`
  }
  if (name !== undefined)
    return `It passes in file order and fails where ${name} has not run before: it needs what that test leaves.`
  return `It passes in file order and fails without the tests before it: ${unnamed(several)}`
}

function unnamed(several: boolean | undefined): string {
  return several === true
    ? 'no single one of them makes the difference, several together do.'
    : 'which of them makes the difference was not found within the limits.'
}
