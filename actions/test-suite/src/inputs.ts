/** Inputs of the action, by what they are about. */

import { duration, flag, fromGithub, integer, lines, map, oneOf, path, text } from '@ci-actions/shared'
import { serviceSecrets } from './services/service.ts'

const running = {
  paths: lines({
    section: 'Scope',
    description: 'pytest: files, folders and node ids, one a line. Default: what its configuration says.',
    example: 'tests/unit',
  }),
  select: oneOf(['all', 'affected'], {
    section: 'Scope',
    default: 'all',
    description:
      'pytest: `affected` leaves out the test files that the change cannot affect, and runs all of them in any doubt; see docs/selection.md.',
  }),
  kinds: map({
    section: 'Scope',
    description:
      'Kinds of tests by their files, `KIND: glob` one a line; kinds are `unit`, `integration`, `e2e`, `security` and `performance`. Default: marks of pytest and names of folders; see docs/labels.md.',
    example: 'integration: tests/db/**',
  }),
  markers: text({ section: 'Scope', description: 'pytest: expression for `-m`.', example: 'not slow' }),
  keywords: text({ section: 'Scope', description: 'pytest: expression for `-k`.' }),
  args: lines({
    section: 'Tools',
    description: 'pytest: further arguments, one a line, passed as they are and never through a shell.',
  }),
  workers: text({
    section: 'Tools',
    default: '0',
    description: 'pytest: processes of pytest-xdist, a number or `auto`. `0`: what the configuration says.',
  }),
  command: lines({
    section: 'Tools',
    description:
      'Another runner than pytest: its arguments, one a line, such as `npx`, `playwright`, `test`. Needs `reports`.',
  }),
  'retry-command': lines({
    section: 'Tools',
    description: 'The arguments that run only the failed tests of `command` again, one a line.',
  }),
  services: lines({
    section: 'Environment',
    description:
      'Services to wait for until they speak their protocol, one a line: `postgres://…`, `redis://…`, `bolt://…`, `nats://…`, `amqp://…`, `http://…/health`, `tcp://host:port`.',
    example: 'postgres://postgres@localhost:5432/app',
    hides: serviceSecrets,
  }),
  'service-timeout': duration({
    section: 'Environment',
    default: '60s',
    minimum: 1,
    description: 'How long each service is waited for.',
  }),
  setup: lines({
    section: 'Environment',
    description:
      'Commands before the tests, one a line, such as `alembic upgrade head`. Not through a shell.',
  }),
  teardown: lines({
    section: 'Environment',
    description: 'Commands after the tests, whatever happened, one a line.',
  }),
  env: map({
    section: 'Environment',
    description: 'Variables for the tests beside those that the step has, `NAME: value`, one a line.',
  }),
  install: lines({
    section: 'Environment',
    description:
      'What to install for the tests, one a line: a lock file, requirements files, `.`, or `.[extra]`. Default: the active environment or `.venv`.',
    example: 'requirements-dev.txt',
  }),
  python: text({
    section: 'Environment',
    description: 'Interpreter for the environment. Default: the first `python3` or `python` in PATH.',
  }),
  retries: integer({
    section: 'Verdict',
    default: '0',
    minimum: 0,
    maximum: 10,
    description: 'How often failed tests are run again. One that then passes is flaky, not passed.',
  }),
  timeout: duration({
    section: 'Tools',
    default: '30m',
    minimum: 1,
    description: 'Limit for setup and all tries.',
  }),
  'test-timeout': duration({
    section: 'Tools',
    default: '0s',
    minimum: 0,
    description: 'pytest: limit of one test, by pytest-timeout. `0s`: what the configuration says.',
  }),
  'random-order': text({
    section: 'Tools',
    default: 'false',
    description:
      'pytest: `true` for a seed of our own, which is printed, or a number for that one. Tests that fail only in some order are named.',
  }),
} as const

const reading = {
  mode: oneOf(['run', 'report', 'shard', 'merge'], {
    section: 'Scope',
    default: 'run',
    description:
      '`run` runs the tests and judges them. `report` only reads the files in `reports`, and is what `reports` without `command` means. `shard` shares the tests out and gives the output `matrix`; `merge` puts the report folders of all shards and legs together.',
  }),
  reports: lines({
    section: 'Reporting',
    description:
      'Files with test results, or globs, one a line: JUnit in every dialect, TRX, NUnit, xUnit.net, TAP, `go test -json`. With `command`, the ones that it writes.',
    example: 'results/**/*.xml',
  }),
  coverage: flag({
    section: 'Verdict',
    default: 'false',
    description: 'Measures coverage of the tests, and makes the rules about it count.',
  }),
  shards: integer({
    section: 'Shards',
    minimum: 1,
    maximum: 256,
    description: '`mode: shard`: over how many jobs the tests are shared out.',
  }),
  split: oneOf(['test', 'file'], {
    section: 'Shards',
    default: 'test',
    description: '`mode: shard`: `file` keeps the tests of a file together.',
  }),
  shard: integer({
    section: 'Shards',
    minimum: 1,
    description: 'Runs the tests of this shard alone: the shard of the matrix. Needs `shard-plan`.',
  }),
  'shard-plan': path({
    section: 'Shards',
    description:
      'The file `shard-plan.json` from the report folder of `mode: shard`; for `shard`, and for `merge` as proof.',
  }),
  'job-total': fromGithub({
    section: 'Shards',
    expression: '${{ strategy.job-total }}',
    description: 'How many jobs the matrix has, so that the merge misses one of which nothing arrived.',
  }),
  'coverage-source': lines({
    section: 'Scope',
    description:
      'Packages or folders to measure, one a line. Default: what the configuration of coverage says.',
  }),
  'coverage-reports': lines({
    section: 'Reporting',
    description:
      'Files with coverage, or globs, one a line: Cobertura, JSON and data files (`.coverage`) of coverage.py, LCOV, JaCoCo, Clover. They are united.',
  }),
  history: text({
    section: 'Reporting',
    default: 'cache',
    description:
      'Where earlier runs are remembered, for durations and for what failed before: `cache`, `off`, or `branch:NAME`, an orphan branch, which needs `contents: write`.',
  }),
  'allow-empty': flag({
    section: 'Verdict',
    default: 'false',
    description:
      '`true`: a pattern in `reports` or `coverage-reports` that fits no file, a file of results without tests, and tests that were all skipped are no error.',
  }),
  base: text({
    section: 'Scope',
    description: 'Commit, branch or tag that patch coverage compares with. Default: found from the event.',
  }),
} as const

export const suiteInputs = { ...reading, ...running }
