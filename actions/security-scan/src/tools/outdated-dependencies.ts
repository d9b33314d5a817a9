import type { Tool } from '@ci-actions/shared'
import { UserError } from '@ci-actions/shared'
import { hygieneFinding } from '../dependencies/hygiene-finding.ts'
import { pathOf } from './configuration-path.ts'
import { interpreterOf, namesPackages, parseOutdated, placesOf } from './uv-pip.ts'

/** Packages of the project's environment of which the index has a newer version. Runs only where it is asked for. */
export const outdatedDependencies: Tool = {
  id: 'outdated-dependencies',
  name: 'uv pip list --outdated',
  homepage: 'https://docs.astral.sh/uv/pip/inspection/',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['dependencies'],
  rules: ['outdated'],
  install: { kind: 'python', package: 'uv', executable: 'uv' },
  needsEnvironment: true,
  configuredBy: () => [],
  applies: (project) => {
    const files = namesPackages(project)
    if (files.length > 0) return { runs: true, files }
    return { runs: false, status: 'not-applicable', why: 'There is no file that names Python packages.' }
  },
  invocations: (request) => {
    // Offline it would print an empty list, as if all were new.
    if (request.settings['offline'] === true)
      throw new UserError(
        'Which packages are outdated only their index knows, and `offline` forbids to ask it. Take `outdated-dependencies` out of `tools`.',
      )
    const python = interpreterOf(request, 'uv pip list --outdated')
    return [
      {
        args: ['pip', 'list', '--outdated', '--format', 'json', '--python', python, ...request.args],
        exitCodes: [0],
      },
    ]
  },
  async parse({ request: { project }, stdout }) {
    const place = placesOf(project, (file) => pathOf(project, file))
    return {
      findings: parseOutdated(await stdout.text()).map(({ name, version, latest }) => {
        const location = place(name)
        return hygieneFinding({
          rule: 'outdated',
          message: `${name} ${version} is not the newest: ${latest} is. Upgrade it when it suits you.`,
          about: name,
          path: location?.path,
          line: location?.line,
        })
      }),
    }
  },
}
