/** What comes after a run in random order with failures: which of them are the order's doing. */
import type { OrderRole } from '../results/order-role.ts'
import { dependsOnOrder, describeOrder } from '../results/order-role.ts'
import type { OrderRun } from './order-examination.ts'
import { examineOrder } from './order-examination.ts'
import { recordOrder } from './order-record.ts'
import { orderArguments, pytestArguments } from './pytest-arguments.ts'
import type { PytestTryRequest, TryOutcome } from './pytest-try.ts'
import { tryPytest } from './pytest-try.ts'
import { quoted } from './step.ts'

export interface RandomOrderRequest
  extends Omit<PytestTryRequest, 'attempt' | 'sink' | 'order' | 'timeoutSeconds'> {
  readonly first: TryOutcome
  /** The first try. */
  readonly ran: OrderRun
  /** The failed tests run again, where that was done. */
  readonly again?: OrderRun | undefined
  /** How long the first try took. */
  readonly seconds: number
  /** Seconds that are left for all. */
  readonly left: () => number
}

export interface LearnedOrder {
  readonly roles: ReadonlyMap<string, OrderRole>
  /** Whether every failed test is known to depend on the order or not to. */
  readonly complete: boolean
  readonly notices: readonly string[]
}

/** Looking for causes must not take much longer than the tests. */
const shortestSeconds = 120
const timesTheRun = 3
const mostNotices = 3

/** Changes no verdict. Undefined where no random order was asked for, or the first try cannot be trusted. */
export async function learnOrder(request: RandomOrderRequest): Promise<LearnedOrder | undefined> {
  const { plan, first, ran, again, stage } = request
  if (plan.randomOrder === false || first.problems.length > 0) return undefined
  if (first.seed === undefined) return unknown(keptOrder)
  const failed = [...ran.failed]
  if (failed.length === 0) return { roles: new Map(), complete: true, notices: [] }
  if (first.parallel) return unknown(besides)
  const { monotonic } = stage.host.clock
  const budget = Math.max(shortestSeconds, timesTheRun * request.seconds) * 1000
  const deadline = monotonic() + budget
  let number = 0
  const answer = await examineOrder({
    ...{ ran: ran.order, failed, again },
    run: async (wanted) => {
      const timeoutSeconds = Math.min(request.left(), (deadline - monotonic()) / 1000)
      if (timeoutSeconds < 1 || stage.host.cancelled.aborted) return undefined
      const record = recordOrder()
      number += 1
      const order = { number, wanted }
      const outcome = await tryPytest({ ...request, attempt: 1, timeoutSeconds, order, sink: record.sink })
      return outcome.problems.length === 0 ? record.run() : undefined
    },
  })
  const entries = [...answer.roles].map(([id, role]): [string, OrderRole] => [
    id,
    { ...role, command: commandOf(request, id, role.test) },
  ])
  return { roles: new Map(entries), complete: answer.complete, notices: noticesOf(entries, answer.complete) }
}

const keptOrder =
  "`random-order`: the tests kept their order, because the project's configuration switches the shuffling off (`--randomly-dont-reorganize`, `--random-order-bucket=none`)."
const besides =
  '`random-order`: whether the failures depend on the order is not known, since with pytest-xdist each worker has an order of its own that is not the same twice; `workers: 0`, and no `-n` in the configuration, would tell.'
const notAll =
  '`random-order`: not for every failed test it was found out whether it depends on the order; time and number of runs are limited.'

function unknown(notice: string): LearnedOrder {
  return { roles: new Map(), complete: false, notices: [notice] }
}

function noticesOf(entries: readonly (readonly [string, OrderRole])[], complete: boolean): readonly string[] {
  const dependent = entries.filter(([, role]) => dependsOnOrder(role))
  const more = dependent.length - mostNotices
  return [
    ...dependent
      .slice(0, mostNotices)
      .map(([id, role]) => `\`${id.replaceAll('`', "'")}\` fails only in some order. ${describeOrder(role)}`),
    ...(more > 0 ? [`${more} more ${more === 1 ? 'test fails' : 'tests fail'} only in some order.`] : []),
    ...(complete ? [] : [notAll]),
  ]
}

/** The two tests alone, one after the other; or all, in the same order. */
function commandOf(request: RandomOrderRequest, id: string, test: string | undefined): string {
  const { plan, installation, seed } = request
  const has = (name: string) => installation.distributions.has(name)
  const args =
    test === undefined
      ? pytestArguments(plan, installation, { attempt: 0, seed, parallel: false }).shown
      : [...orderArguments(plan, has, { seed, fileOrder: true }), test, id]
  return ['pytest', ...args].map(quoted).join(' ')
}
