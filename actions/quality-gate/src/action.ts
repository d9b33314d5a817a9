/**
 * The quality gate: formatting, lint, types, complexity, duplication and documentation of a Python project,
 * one verdict, one published score. Read this file first; everything that it names is beside it.
 */
import {
  checkInputProblems,
  checkInputs,
  checkProject,
  defineAction,
  integer,
  path,
  reportPermissions,
} from '@ci-actions/shared'
import { readCoverage } from './coverage.ts'
import { gateForAll, gateForNew } from './gate.ts'
import { metrics } from './metrics.ts'
import { reportScore } from './score-report.ts'
import { selection } from './selection.ts'
import { locks } from './tools/locks.ts'
import { countUnreadable } from './unreadable-files.ts'
import { version } from './version.ts'

export const qualityGate = defineAction({
  name: 'quality-gate',
  title: 'Quality gate',
  version,
  description:
    'One verdict on formatting, lint, types, complexity, duplication and docstrings of a Python project.',
  branding: { icon: 'check-circle', color: 'green' },
  permissions: [
    {
      permission: 'contents: read',
      reason: 'to read the repository and to fetch the base commit',
      required: true,
    },
    ...reportPermissions,
  ],
  contacts: [
    { host: 'the Python package index', reason: 'to install tools, with hashes checked; or your mirror' },
    {
      host: 'the npm registry',
      reason: 'to install Pyright and jscpd, with integrity checked; or your mirror',
    },
    { host: 'the API of GitHub', reason: 'check run and comment, where they are on' },
  ],
  inputs: {
    ...checkInputs,
    'complexity-limit': integer({
      section: 'Limits',
      default: '15',
      minimum: 1,
      description: 'Cyclomatic complexity above which a function counts for `complexity-over-limit`.',
    }),
    'coverage-report': path({
      section: 'Environment',
      description:
        'Coverage report to take into the score: Cobertura, JaCoCo or Clover XML, LCOV, or the JSON of coverage.py.',
    }),
  },
  metrics,
  gate: gateForAll,
  problems: (inputs, policy) => checkInputProblems({ selection, metrics }, inputs, policy),
  async run(context) {
    return checkProject(
      context,
      {
        action: 'quality-gate',
        version,
        metrics,
        gate: { all: gateForAll, new: gateForNew },
        selection,
        locks,
        settings: { 'complexity-limit': context.inputs['complexity-limit'] },
        derive: (results) => {
          const score = reportScore(results)
          return { ...score, parts: [...countUnreadable(results), ...score.parts] }
        },
      },
      await readCoverage(context.host, context.inputs['coverage-report']),
    )
  },
})
