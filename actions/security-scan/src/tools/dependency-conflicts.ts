import type { Notice, Tool } from '@ci-actions/shared'
import { hygieneFinding } from '../dependencies/hygiene-finding.ts'
import { pathOf } from './configuration-path.ts'
import { withoutRoot } from './scope.ts'
import { interpreterOf, onManifests, parsePipCheck, placesOf, withoutEnvironment } from './uv-pip.ts'

/** Packages of the project's environment that exclude each other. Needs no network. */
export const dependencyConflicts: Tool = {
  id: 'dependency-conflicts',
  name: 'uv pip check',
  homepage: 'https://docs.astral.sh/uv/pip/inspection/',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['dependencies'],
  rules: ['conflicts'],
  install: { kind: 'python', package: 'uv', executable: 'uv' },
  needsEnvironment: true,
  withoutEnvironment,
  configuredBy: () => [],
  applies: onManifests,
  invocations: (request) => [
    {
      args: [
        'pip',
        'check',
        '--python',
        interpreterOf(request, 'uv pip check'),
        '--offline',
        ...request.args,
      ],
      exitCodes: [0, 1],
    },
  ],
  async parse({ request: { project }, exitCode, stderr }) {
    const { incompatibilities, others, checked } = parsePipCheck(await stderr.text(), exitCode)
    const place = placesOf(project, (file) => pathOf(project, file))
    return {
      findings: incompatibilities.map(({ name, needs, needed, installed }) => {
        const location = place(name) ?? place(needed)
        const state = installed === undefined ? 'is not installed' : `is installed as ${installed}`
        return hygieneFinding({
          rule: 'conflicts',
          message: `${name} needs ${needs}, and ${needed} ${state}. Choose versions that fit each other, and lock them.`,
          about: `${name} ${needed}`,
          path: location?.path,
          line: location?.line,
        })
      }),
      notices: [
        ...(checked === 0 ? [nothingInstalled] : []),
        ...others.map((line): Notice => ({ level: 'warning', message: withoutRoot(line, project) })),
      ],
    }
  },
}

const nothingInstalled: Notice = {
  level: 'failed',
  message: 'There is no package in the environment, so nothing was checked.',
}
