/** A small action for tests: one input of each kind. */
import {
  bytes,
  defineAction,
  duration,
  flag,
  integer,
  lines,
  map,
  number,
  oneOf,
  path,
  percent,
  rules,
  secret,
  text,
} from '@ci-actions/shared'

export const sampleAction = defineAction({
  name: 'sample',
  title: 'Sample',
  version: '2.0.0',
  description: 'Counts bananas | and pears.',
  branding: { icon: 'check', color: 'green' },
  permissions: [{ permission: 'contents: read', reason: 'to read', required: true }],
  contacts: [{ host: 'the API of GitHub', reason: 'check run' }],
  inputs: {
    paths: lines({ section: 'Scope', description: 'Files to look at.' }),
    base: text({ section: 'Scope', description: 'Commit to compare with.' }),
    scope: oneOf(['all', 'new'], { section: 'Scope', default: 'all', description: 'What counts.' }),
    fix: flag({ section: 'Laptop', default: 'false', description: 'Repairs.' }),
    'complexity-limit': integer({ section: 'Limits', default: '15', minimum: 1, description: 'Limit.' }),
    share: number({ section: 'Limits', default: '0.5', maximum: 1, description: 'Share.' }),
    tolerance: percent({ section: 'Limits', default: '5%', description: 'Tolerance.' }),
    timeout: duration({ section: 'Limits', default: '10m', description: 'Time limit.' }),
    room: bytes({ section: 'Limits', default: '10MiB', description: 'Room.' }),
    'tool-args': map({ section: 'Tools', description: 'Arguments.', example: 'pylint: --jobs=2' }),
    more: rules({ description: 'More rules.' }),
    report: path({ description: 'A path | with a bar.' }),
    password: secret({ description: 'A secret.' }),
  },
  metrics: {
    bananas: { description: 'Bananas.', unit: 'count', adds: 'sum', better: 'lower', output: true },
    'tools-failed': { description: 'Failures.', unit: 'count', adds: 'sum', better: 'lower', output: true },
  },
  outputs: { colour: { description: 'Of the bananas.' } },
  gate: 'bananas < 5\n',
  run: async () => {
    throw new Error('never run')
  },
})
