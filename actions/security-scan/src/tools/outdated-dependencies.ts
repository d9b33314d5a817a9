import type { Tool } from '@ci-actions/shared'
import { lastLines, ToolOutputError, UnavailableError, UserError } from '@ci-actions/shared'
import { hygieneFinding } from '../dependencies/hygiene-finding.ts'
import { pathOf } from './configuration-path.ts'
import {
  indexNotices,
  interpreterOf,
  onManifests,
  parseOutdated,
  placesOf,
  traceOfIndex,
  withoutEnvironment,
} from './uv-pip.ts'

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
  withoutEnvironment,
  configuredBy: () => [],
  applies: onManifests,
  invocations: (request) => {
    // Offline it would print an empty list, as if all were new.
    if (request.settings['offline'] === true)
      throw new UserError(
        'Which packages are outdated only their index knows, and `offline` forbids to ask it. Take `outdated-dependencies` out of `tools`.',
      )
    const python = interpreterOf(request, 'uv pip list --outdated')
    return [
      {
        args: [
          ...['pip', 'list', '--outdated', '--format', 'json', '--python', python],
          ...['--cache-dir', request.cacheFolder, ...request.args],
        ],
        env: traceOfIndex,
        exitCodes: [0, failed],
      },
    ]
  },
  async parse({ request: { project }, exitCode, stdout, stderr }) {
    const said = await stderr.text()
    if (exitCode === failed) throw failureOf(said)
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
      notices: indexNotices(said),
    }
  },
}

/** Also for options that it does not know. */
const failed = 2

function failureOf(stderr: string): Error {
  const last = lastLines(withoutTrace(stderr), 6)
  if (/error sending request|Request failed after|client error \(Connect\)|status code 5\d\d/i.test(last))
    return new UnavailableError('the package index', last)
  return new ToolOutputError(`it listed nothing. ${last}`)
}

function withoutTrace(stderr: string): string {
  return stderr.replaceAll(/^(?:TRACE|DEBUG) .*\r?\n/gm, '')
}
