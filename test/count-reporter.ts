/** Counts what vitest ran, with the reasons of what it skipped, for `scripts/test.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

export interface TestCount {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly { readonly name: string; readonly why: string }[]
}

/** A file that could not be loaded and an error outside of any test each count as a failure. */
export function countTests(modules: readonly TestModule[], errorsOutside: number): TestCount {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const inState = (state: string) => tests.filter((test) => test.result().state === state)
  const broken = modules.filter((module) => module.errors().length > 0)
  return {
    passed: inState('passed').length,
    failed: inState('failed').length + inState('pending').length + broken.length + errorsOutside,
    skipped: inState('skipped').map((test) => {
      const result = test.result()
      return { name: test.fullName, why: (result.state === 'skipped' && result.note) || 'no reason given' }
    }),
  }
}

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env['CI_ACTIONS_TEST_COUNT']
    if (file === undefined) return
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(countTests(modules, errors.length)))
  }
}
