import type { Tool } from '@ci-actions/shared'
import { lastLines, ToolOutputError, UnavailableError, UserError } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import { pythonAudits } from './python-audits.ts'
import { parseSafetyReport } from './safety-report.ts'

const keyName = 'SAFETY_API_KEY'

/**
 * Runs only for who has an account, since its data may not be had otherwise; see https://safetycli.com/legal. Its key
 * is given to it alone. Its own policy file counts.
 */
export const safety: Tool = {
  id: 'safety',
  name: 'Safety',
  homepage: 'https://docs.safetycli.com/',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings'],
  install: { kind: 'python', package: 'safety', executable: 'safety' },
  secrets: [keyName],
  configuredBy: (project) => project.files.filter((path) => path === '.safety-policy.yml'),
  applies: (project, settings) => {
    if (settings?.['safety-key'] !== true)
      return {
        runs: false,
        status: 'not-applicable',
        why: `Safety needs the key of an account, in the variable ${keyName}: https://docs.safetycli.com/`,
      }
    const files = pythonAudits(project).map(({ file }) => pathOf(project, file))
    if (files.length > 0) return { runs: true, files }
    return { runs: false, status: 'not-applicable', why: 'There are no lists of Python packages.' }
  },
  invocations: ({ args, outputFolder, settings }) => {
    if (settings['offline'] === true)
      throw new UserError(
        'Safety asks its service, which `offline` forbids. Take it out with `tools`; OSV-Scanner reads the same lists with a local database.',
      )
    const options = ['--disable-optional-telemetry', '--stage', 'cicd', 'scan', '--output', 'json']
    return [
      {
        args: [...options, '--target', '.', ...args],
        // It keeps a login and settings there.
        env: { HOME: outputFolder, USERPROFILE: outputFolder },
        // 64: vulnerabilities; 65: the key is refused; 66: too many requests; 68: the database was not reached.
        exitCodes: [0, 64, 65, 66, 68],
      },
    ]
  },
  async parse({ exitCode, stdout, stderr }) {
    const said = lastLines(await stderr.text(), 3)
    if (exitCode === 65) throw new ToolOutputError(`the key in ${keyName} is refused. ${said}`)
    if (exitCode === 66) throw new UnavailableError("Safety's service", 'too many requests')
    if (exitCode === 68) throw new UnavailableError("Safety's database", said)
    const result = parseSafetyReport(await stdout.text())
    if (exitCode === 64 && result.findings.length === 0)
      throw new ToolOutputError('Safety says that it found something, and printed nothing.')
    return result
  },
}
