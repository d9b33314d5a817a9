/** Finds out what a random order has to do with failures: which tests fail only in some order, and for which test. */
import type { OrderRole } from '../results/order-role.ts'
import type { TestOrder } from './recorder-settings.ts'
import { findSingleCause } from './single-cause.ts'

/** What one process with some of the tests came to. */
export interface OrderRun {
  /** Ids, as they ran. */
  readonly order: readonly string[]
  /** Ids that passed, all that have them. */
  readonly passed: ReadonlySet<string>
  readonly failed: ReadonlySet<string>
}

export interface OrderQuestion {
  /** Ids of all tests, in the order in which they ran. */
  readonly ran: readonly string[]
  /** Ids of those that failed. */
  readonly failed: readonly string[]
  /** The failed ones alone, where they were run again anyway. */
  readonly again?: OrderRun | undefined
  /** Runs tests in a fresh process; undefined where that cannot be trusted, or there is no time left. */
  run(order: TestOrder): Promise<OrderRun | undefined>
}

export interface OrderAnswer {
  /** By id; a test that fails in every order is not in it. */
  readonly roles: ReadonlyMap<string, Omit<OrderRole, 'command'>>
  /** Whether all was found out that was asked. */
  readonly complete: boolean
}

export const orderLimits = {
  /** Failed tests that are looked into. */
  tests: 20,
  /** Tests for which the one that makes the difference is looked for among all before them. */
  searches: 3,
} as const

type Role = Omit<OrderRole, 'command'>

/**
 * The failed tests run without the others. What fails again runs in the order of the files with all before it; what
 * passes runs in the random order again. A difference between two of these runs is a dependence on the order.
 */
export async function examineOrder(question: OrderQuestion): Promise<OrderAnswer> {
  const asked = question.failed.slice(0, orderLimits.tests)
  const examination = new Examination(question, asked)
  await examination.compare()
  await examination.search()
  const { roles, complete } = examination
  return { roles, complete: complete && asked.length === question.failed.length }
}

class Examination {
  readonly roles = new Map<string, Role>()
  complete = true
  readonly #question: OrderQuestion
  readonly #asked: readonly string[]
  /** In which some of the tests passed and some failed. */
  readonly #runs: OrderRun[] = []
  /** Tests that made the difference for another. */
  readonly #known = new Set<string>()

  constructor(question: OrderQuestion, asked: readonly string[]) {
    this.#question = question
    this.#asked = asked
  }

  async compare(): Promise<void> {
    const alone = this.#question.again ?? (await this.#run({ kind: 'these', ids: this.#asked }))
    if (alone === undefined) return
    this.#runs.push(alone)
    const failing = this.#asked.filter((id) => alone.failed.has(id))
    const passing = this.#asked.filter((id) => alone.passed.has(id))
    if (passing.length > 0) await this.#compareSameOrder(passing)
    if (failing.length > 0) await this.#compareFileOrder(failing)
  }

  async #compareSameOrder(passing: readonly string[]): Promise<void> {
    const { ran } = this.#question
    const wanted = new Set(passing)
    const last = ran.findLastIndex((id) => wanted.has(id))
    const same = await this.#run({ kind: 'exactly', ids: ran.slice(0, last + 1) })
    if (same === undefined) return
    this.#runs.push(same)
    for (const id of passing) {
      if (same.passed.has(id)) this.roles.set(id, { kind: 'chance' })
      if (same.failed.has(id)) this.roles.set(id, { kind: 'after' })
    }
  }

  async #compareFileOrder(failing: readonly string[]): Promise<void> {
    const natural = await this.#run({ kind: 'until', ids: failing })
    if (natural === undefined) return
    this.#runs.push(natural)
    for (const id of failing) if (natural.passed.has(id)) this.roles.set(id, { kind: 'without' })
  }

  async search(): Promise<void> {
    let searches = 0
    for (const [id, { kind }] of this.roles) {
      if (kind === 'chance') continue
      const role = await this.#searchFor(id, () => ++searches <= orderLimits.searches)
      if (role === undefined) this.complete = false
      else this.roles.set(id, role)
    }
  }

  /** Undefined where it was not found out. `mayHalve` is asked before the long way is taken. */
  async #searchFor(id: string, mayHalve: () => boolean): Promise<Role | undefined> {
    // Before that it was only without the others together with other failed tests.
    const alone = await this.#passes([], id)
    if (alone === undefined) return undefined
    const before = this.#before(id, !alone)
    if (before === undefined) return { kind: 'chance' }
    const kind = alone ? 'after' : 'without'
    const shows = async (part: readonly string[]) => {
      const passes = await this.#passes(part, id)
      return passes === undefined ? undefined : passes !== alone
    }
    for (const test of this.#known)
      if (before.includes(test) && (await shows([test])) === true) return { kind, test }
    if (!mayHalve()) return undefined
    const found = await findSingleCause(before, shows)
    if (found.kind === 'unknown') return undefined
    // Where chance has a part in it, the answers have led anywhere.
    const again = await shows(found.kind === 'one' ? [found.item] : before)
    if (again !== true) return again === undefined ? undefined : { kind: 'chance' }
    if (found.kind === 'several') return { kind, several: true }
    this.#known.add(found.item)
    return { kind, test: found.item }
  }

  /** What ran before the test where it came out that way; the shortest there is, and undefined where nothing did. */
  #before(id: string, passed: boolean): readonly string[] | undefined {
    const [shortest] = this.#runs
      .filter((run) => (passed ? run.passed : run.failed).has(id))
      .map(({ order }) => order.slice(0, order.indexOf(id)))
      .filter((before) => before.length > 0)
      .toSorted((a, b) => a.length - b.length)
    return shortest
  }

  async #passes(before: readonly string[], id: string): Promise<boolean | undefined> {
    const run = await this.#run({ kind: 'exactly', ids: [...before, id] })
    if (run?.passed.has(id)) return true
    return run?.failed.has(id) ? false : undefined
  }

  async #run(order: TestOrder): Promise<OrderRun | undefined> {
    const run = await this.#question.run(order)
    if (run === undefined) this.complete = false
    return run
  }
}
