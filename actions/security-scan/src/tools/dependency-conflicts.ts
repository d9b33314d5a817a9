import type { Tool } from '@ci-actions/shared'
import { hygieneFinding } from '../dependencies/hygiene-finding.ts'
import { pathOf } from './configuration-path.ts'
import { interpreterOf, namesPackages, parseIncompatibilities, placesOf } from './uv-pip.ts'

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
  configuredBy: () => [],
  applies: (project) => {
    const files = namesPackages(project)
    if (files.length > 0) return { runs: true, files }
    return { runs: false, status: 'not-applicable', why: 'There is no file that names Python packages.' }
  },
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
  async parse({ request: { project }, stderr }) {
    const place = placesOf(project, (file) => pathOf(project, file))
    return {
      findings: parseIncompatibilities(await stderr.text()).map(({ name, needs, needed, installed }) => {
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
    }
  },
}
