/** Inputs of every action that checks a project with tools. */
import { duration, flag, lines, map, oneOf, path, text } from '../action/input.ts'

export const checkInputs = {
  tools: lines({
    section: 'Tools',
    description:
      'Tools to run, one a line. Default: those that the project configures. `default` stands for that list, so that `default` and `pylint` on two lines add one.',
    example: 'ruff',
  }),
  'optional-tools': lines({
    section: 'Tools',
    description: 'Tools whose failure does not fail the gate, one a line. It is still shown.',
  }),
  'tool-args': map({
    section: 'Tools',
    description:
      'Extra arguments, `tool: argument`, one argument a line. Passed as they are, never through a shell.',
    example: 'pylint: --disable=fixme',
  }),
  'tool-versions': map({
    section: 'Tools',
    description: 'Versions, `tool: version`, one a line. They win over what the project pins.',
    example: 'ruff: 0.17.6',
  }),
  'tool-sources': oneOf(['any', 'locked-only'], {
    section: 'Tools',
    default: 'any',
    description:
      '`locked-only` runs only tools whose hashes were checked against the lock of the suite or of the project.',
  }),
  timeout: duration({
    section: 'Tools',
    default: '10m',
    minimum: 1,
    description: 'Time limit of each tool.',
  }),
  cache: oneOf(['file', 'imports', 'off'], {
    section: 'Tools',
    default: 'file',
    description:
      'Which results are remembered between runs: of tools that look at one file at a time, also of those that look along imports (see docs/caching.md for what is inexact), or none.',
  }),
  install: lines({
    section: 'Environment',
    description:
      'What to install for tools that look into dependencies, one a line: a lock file, requirements files, `.`, or `.[extra]`. Default: the active environment or `.venv`, if there is one.',
    example: 'requirements.txt',
  }),
  python: text({
    section: 'Environment',
    description: 'Interpreter for tools and environment. Default: the first `python3` or `python` in PATH.',
  }),
  scope: oneOf(['all', 'new'], {
    section: 'Scope',
    default: 'all',
    description: '`new` judges what the change brought; older findings are listed apart and do not count.',
  }),
  base: text({
    section: 'Scope',
    description: 'Commit, branch or tag to compare with. Default: found from the event; see docs/base.md.',
  }),
  baseline: path({
    section: 'Scope',
    default: '.github/ci-actions-baseline.json',
    description: 'File with findings that are known and do not count as new.',
  }),
  'update-baseline': flag({
    section: 'Scope',
    default: 'false',
    description: '`true` writes the baseline file. Nothing is committed.',
  }),
  paths: lines({
    section: 'Scope',
    description: 'Files, folders or globs to look at, one a line. Default: everything.',
  }),
  exclude: lines({
    section: 'Scope',
    description:
      'Globs to leave out, one a line, in addition to what `.gitattributes` marks as generated or vendored.',
    example: 'migrations/**',
  }),
  fix: flag({
    section: 'Laptop',
    default: 'false',
    description:
      '`true` lets the tools that can repair what they find change the files. Nothing is committed.',
  }),
  plan: flag({
    section: 'Laptop',
    default: 'false',
    description: '`true` prints what would run, and runs nothing.',
  }),
} as const
