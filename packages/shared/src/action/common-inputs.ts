/** Inputs that every action has. */
import { flag, fromGithub, oneOf, path, rules, secret, text } from './input.ts'

export const commonInputs = {
  gate: rules({
    section: 'Verdict',
    description:
      'Gate rules, one a line. A line replaces the default rules on the same metric and leaves the others; see docs/gate.md.',
    example: 'score > 85',
  }),
  'default-gate': oneOf(['on', 'off'], {
    section: 'Verdict',
    default: 'on',
    description: '`off` drops the default rules that `gate` does not replace; the report says so.',
  }),
  enforce: flag({
    section: 'Verdict',
    default: 'true',
    description: '`false`: the report is complete and red where it has to be, but the step stays green.',
  }),
  'working-directory': path({
    section: 'Scope',
    default: '.',
    description: 'Folder of the project, relative to the repository.',
  }),
  id: text({
    section: 'Reporting',
    default: 'default',
    description:
      'Distinguishes several uses of the action in one workflow: part of the keys of comments, checks and caches.',
  }),
  'check-run': flag({
    section: 'Reporting',
    default: 'false',
    description: 'Publishes a neutral check run with all annotations. Needs `checks: write`.',
  }),
  comment: oneOf(['off', 'on-failure', 'always'], {
    section: 'Reporting',
    default: 'off',
    description: 'One comment on the pull request, updated in place. Needs `pull-requests: write`.',
  }),
  'report-dir': path({
    section: 'Reporting',
    description:
      'Folder for the evidence. Default: `ci-actions-report/` with a name unique for the job and matrix leg.',
  }),
  matrix: fromGithub({
    section: 'Reporting',
    expression: '${{ toJSON(matrix) }}',
    description:
      'The leg of the matrix that runs, which tells its folders, comments, checks and caches apart.',
  }),
  'policy-ref': oneOf(['head', 'base'], {
    section: 'Verdict',
    default: 'head',
    description:
      '`base` reads policy file and baseline from the base commit, so that a pull request cannot loosen its own gate.',
  }),
  offline: flag({
    section: 'Tools',
    default: 'false',
    description: '`true` touches no network; see docs/offline.md.',
  }),
  token: secret({
    section: 'Reporting',
    expression: '${{ github.token }}',
    description: 'Token for check run, comment and for fetching the base commit.',
  }),
} as const
