/** A small action, and what its tests have in common. */
import { expect } from 'vitest'
import type { RecordingHost } from '../../host/recording/index.ts'
import { flag, integer, path, secret } from '../input.ts'
import type { ActionContext, ActionOutcome } from '../spec.ts'
import { defineAction } from '../spec.ts'

export const inputs = {
  limit: integer({ description: 'Limit.', default: '3', minimum: 0 }),
  strict: flag({ description: 'Strict.', default: 'false' }),
  folder: path({ description: 'Folder.', default: '.' }),
  password: secret({ description: 'Password.' }),
}

const metrics = {
  bananas: { description: 'Bananas.', unit: 'count', adds: 'sum', better: 'lower', output: true },
  pears: { description: 'Pears.', unit: 'count', adds: 'sum', better: 'lower', output: true },
} as const

export type Context = ActionContext<typeof inputs>

/** An action that does what `run` does. */
export function sample(run: (context: Context) => Promise<ActionOutcome>) {
  return defineAction({
    name: 'sample',
    title: 'Sample',
    version: '2.0.0',
    description: 'A sample.',
    branding: { icon: 'check', color: 'green' },
    permissions: [],
    contacts: [],
    inputs,
    metrics,
    gate: 'bananas < 5',
    run,
  })
}

export function outcome(
  verdict: 'passed' | 'failed' | 'incomplete',
  message = 'bananas is 7, must be below 5',
): ActionOutcome {
  return {
    report: {
      verdict,
      reasons: verdict === 'passed' ? [] : [{ code: 'rule-failed', rule: 'bananas < 5', message }],
      rules: [],
      metrics: [{ name: 'bananas', labels: {}, value: 7, unit: 'count', tools: ['ruff'] }],
      tools: [],
      findings: [],
      blocks: [],
      notices: [],
      loosened: [],
      degraded: [],
      scope: 'all',
      laptop: 'ci-actions sample',
    },
    files: { 'extra.txt': 'evidence' },
  }
}

/** The output `result`. */
export function result(host: RecordingHost) {
  return JSON.parse(host.recorded.outputs.get('result') ?? 'null')
}

/** What all endings owe to the reader. */
export function expectReported(host: RecordingHost, verdict: string, code: string): void {
  expect(host.recorded.outputs.get('verdict')).toBe(verdict)
  expect(result(host)).toMatchObject({ action: 'sample', verdict })
  expect(result(host).reasons[0]).toMatchObject({ code })
  expect(host.recorded.summary()).toContain('Sample')
}
