import { join } from 'node:path'
import type { ConfigFile, Notice, Project, Tool } from '@ci-actions/shared'
import { counted } from '@ci-actions/shared'
import { replacedDetectors, wholeSecretsPlugin } from './detect-secrets-plugin.ts'
import type { DetectedSecret } from './detect-secrets-report.ts'
import { findingsOf, readSecrets } from './detect-secrets-report.ts'
import { fileArguments, onFiles } from './scope.ts'

/**
 * Left out: text that only looks random, which digests, identifiers and data do as well, and public addresses, which
 * are no secrets. Both drown the rest; gitleaks and TruffleHog look for random text next to names that make it likely.
 */
const noisy = ['Base64HighEntropyString', 'HexHighEntropyString', 'IPPublicDetector']

/**
 * Never asks a service whether a secret works: that would send it there. Text that is not UTF-8 it takes for binary and
 * passes over without a word; the scanners that read bytes do not.
 */
export const detectSecrets: Tool = {
  id: 'detect-secrets',
  name: 'detect-secrets',
  homepage: 'https://github.com/Yelp/detect-secrets',
  scope: 'file',
  kind: 'secrets',
  metrics: ['secrets'],
  install: { kind: 'python', package: 'detect-secrets', executable: 'detect-secrets' },
  configuredBy: (project) => baselineOf(project).map(({ path }) => path),
  applies: (project) => onFiles(project, 'files', (path) => !/(?:^|\/)\.secrets\.baseline$/.test(path)),
  invocations: ({ files, args, outputFolder }) => {
    const plugin = join(outputFolder, 'whole_secrets.py')
    const disabled = [...noisy, ...replacedDetectors].flatMap((name) => ['--disable-plugin', name])
    return [
      {
        args: ['scan', '--no-verify', ...disabled, '--plugin', plugin, ...args, '--'],
        files: fileArguments(files),
        inputs: { [plugin]: wholeSecretsPlugin },
        exitCodes: [0],
      },
    ]
  },
  async parse({ request, stdout }) {
    const secrets = readSecrets(await stdout.text())
    const [baseline] = baselineOf(request.project)
    if (baseline === undefined) return { findings: findingsOf(secrets) }
    return withBaseline(secrets, baseline)
  },
}

/** The nearest one. */
function baselineOf(project: Project): readonly ConfigFile[] {
  return project.configuration.filter(({ name }) => name === '.secrets.baseline').slice(0, 1)
}

/**
 * A decision about a value holds wherever in the same file it stands, one that does not say which value it is about on its
 * line alone. What nobody decided on is reported.
 */
function withBaseline(secrets: readonly DetectedSecret[], { path, text }: ConfigFile) {
  const decisions = readSecrets(text).filter(({ isSecret }) => isSecret === false)
  const values = new Set(decisions.filter(({ sha1 }) => sha1 !== undefined).map(byValue))
  const places = new Set(decisions.filter(({ sha1 }) => sha1 === undefined).map(byPlace))
  const kept = secrets.filter((each) => !values.has(byValue(each)) && !places.has(byPlace(each)))
  const leftOut = findingsOf(secrets).length - findingsOf(kept).length
  const notices: readonly Notice[] =
    leftOut === 0
      ? []
      : [
          {
            level: 'notice',
            message: `${counted(leftOut, 'finding')} left out, which an audit in ${path} says are no secrets.`,
          },
        ]
  return { findings: findingsOf(kept), notices }
}

function byValue({ path, sha1 }: DetectedSecret): string {
  return JSON.stringify([plain(path), sha1])
}

function byPlace({ path, type, line }: DetectedSecret): string {
  return JSON.stringify([plain(path), type, line])
}

function plain(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '')
}
