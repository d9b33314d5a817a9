import type { Invocation, Tool, ToolOutput, ToolRequest, ToolResult, ToolSettings } from '@ci-actions/shared'
import { lastLines, ToolOutputError, UnavailableError, UserError } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import { dependencyOf, placeOf } from './dependency-facts.ts'
import { pythonAudits } from './python-audits.ts'
import { readsPython } from './python-files.ts'
import { parseSafetyReport } from './safety-report.ts'
import { notLookedUp, runOf, safetyRuns } from './safety-runs.ts'

const keyName = 'SAFETY_API_KEY'

/**
 * Runs only for who has an account, since its data may not be had otherwise, or has a database; see
 * https://safetycli.com/legal. Its key is given to it alone. Its own policy file counts.
 */
export const safety: Tool = {
  id: 'safety',
  name: 'Safety',
  homepage: 'https://docs.safetycli.com/',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings', 'database-age'],
  install: { kind: 'python', package: 'safety', executable: 'safety' },
  secrets: [keyName],
  configuredBy: (project) => project.files.filter((path) => path === '.safety-policy.yml'),
  reads: readsPython,
  applies: (project, settings = {}) => {
    // Who lists it must not take its absence for a clean result.
    if (!mayRun(settings) && settings['safety-listed'] !== true)
      return { runs: false, status: 'not-applicable', why: `${needs}: https://docs.safetycli.com/` }
    const audits = hasDatabase(settings)
      ? safetyRuns({ project, outputFolder: '' }).map(({ audit }) => audit)
      : pythonAudits(project)
    const files = new Set(audits.map(({ file }) => pathOf(project, file)))
    if (files.size > 0) return { runs: true, files: [...files] }
    const what = hasDatabase(settings) ? 'exact versions' : 'lists'
    return { runs: false, status: 'not-applicable', why: `There are no ${what} of Python packages.` }
  },
  invocations: (request) => (hasDatabase(request.settings) ? checks(request) : [scan(request)]),
  parse,
  notices: (project, settings = {}) => (hasDatabase(settings) ? notLookedUp(project) : []),
}

const needs = `Safety needs the key of an account, in the variable ${keyName}, or a database of yours, which \`safety-database\` names`

function mayRun(settings: ToolSettings): boolean {
  return hasDatabase(settings) || settings['safety-key'] === true
}

function hasDatabase(settings: ToolSettings): boolean {
  return String(settings['safety-database'] ?? '') !== ''
}

/** 65: the key is refused; 66: too many requests; 67 to 69: there is no database, or it is none; 1: anything else. */
const exitCodes = [0, 1, 64, 65, 66, 67, 68, 69]

function scan({ args, outputFolder, settings }: ToolRequest): Invocation {
  if (!mayRun(settings)) throw new UserError(`${needs}. Give one, or take it out of \`tools\`.`)
  if (settings['offline'] === true)
    throw new UserError(
      'Safety asks its service, which `offline` forbids. Take it out with `tools`; OSV-Scanner reads the same lists with a local database.',
    )
  const options = ['--disable-optional-telemetry', '--stage', 'cicd', 'scan', '--output', 'json']
  return { args: [...options, '--target', '.', ...args], env: ownHome(outputFolder), exitCodes }
}

/** It keeps a login and settings there. */
function ownHome(folder: string): Readonly<Record<string, string>> {
  return { HOME: folder, USERPROFILE: folder }
}

/** The older command, since `scan` takes no database. */
function checks(request: ToolRequest): readonly Invocation[] {
  const { args, outputFolder, settings } = request
  const nowhere = settings['offline'] === true ? asksNobody(request) : {}
  return safetyRuns(request).map(({ list, text, report }) => ({
    args: [
      ...['--disable-optional-telemetry', 'check', '--db', String(settings['safety-database'])],
      ...['--file', list, '--output', 'json', '--save-json', report, ...args],
    ],
    // With a key it would take the database of its service, and pass over this one.
    env: { ...ownHome(outputFolder), [keyName]: '' },
    inputs: { [list]: text, ...nowhere },
    outputs: { report },
    exitCodes,
  }))
}

const services = ['AUTH_SERVER_URL', 'SAFETY_PLATFORM_URL', 'PLATFORM_API_BASE_URL', 'DATA_API_BASE_URL']

/** Settings by which it finds none of its services, which it does without until 3.8. */
function asksNobody({ outputFolder, version }: ToolRequest): Readonly<Record<string, string>> {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 3 || (major === 3 && minor >= 8))
    throw new UserError(
      `Safety ${version} asks its login service before it opens a local database, which \`offline\` forbids. Pin \`safety==3.7.0\` in this project, which does not, or take it out with \`tools\`; OSV-Scanner reads the same lists with a local database.`,
    )
  const lines = services.map((name) => `${name} = http://127.0.0.1:9/`)
  return { [`${outputFolder}/.safety/config.ini`]: `[settings]\n${lines.join('\n')}\n` }
}

async function parse(output: ToolOutput): Promise<ToolResult> {
  const { exitCode, files, stderr, stdout, request } = output
  if (exitCode !== 0 && exitCode !== 64) throw failureOf(output, await stderr.text())
  const run = runOf(output)
  const { project, settings } = request
  const text = await (run === undefined ? stdout : files['report'])?.text()
  if (text === undefined) throw new ToolOutputError('Safety wrote no report.')
  const result = parseSafetyReport(
    text,
    run && {
      placeOf: (name) => placeOf(run.audit, name, project),
      dependencyOf: (dependency) => dependencyOf(run.audit, dependency, project),
    },
  )
  if (exitCode === 64 && result.findings.length === 0)
    throw new ToolOutputError('Safety says that it found something, and printed nothing.')
  const age = run === undefined ? 0 : Number(settings['safety-database-age'] ?? 0)
  return { ...result, measurements: [{ metric: 'database-age', value: Math.round(age) }] }
}

function failureOf({ exitCode, request }: ToolOutput, stderr: string): Error {
  const said = lastLines(stderr, 3)
  const own = hasDatabase(request.settings)
  switch (exitCode) {
    case 65:
      return new ToolOutputError(`the key in ${keyName} is refused. ${said}`)
    case 66:
      return new UnavailableError("Safety's service", 'too many requests')
    case 68:
      if (!own) return new UnavailableError("Safety's database", said)
  }
  if (/\b(?:Connect|Network\w*|Read|\w*Timeout)Error\b|\bConnectTimeout\b/.test(stderr))
    return new UnavailableError("Safety's service", lastLines(stderr, 1))
  if (own && exitCode !== 1)
    return new ToolOutputError(
      `what \`safety-database\` names is no database that Safety ${request.version} reads. ${said}`,
    )
  return new ToolOutputError(`Safety stopped. ${said}`)
}
