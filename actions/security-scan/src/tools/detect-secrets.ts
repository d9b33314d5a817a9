import type { ConfigFile, Notice, Project, Tool } from '@ci-actions/shared'
import { counted } from '@ci-actions/shared'
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
  invocations: ({ files, args }) => [
    {
      args: ['scan', '--no-verify', ...noisy.flatMap((name) => ['--disable-plugin', name]), ...args, '--'],
      files: fileArguments(files),
      exitCodes: [0],
    },
  ],
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

/** A decision about a value holds wherever in the same file it stands; what nobody decided on is reported. */
function withBaseline(secrets: readonly DetectedSecret[], { path, text }: ConfigFile) {
  const decided = new Set(
    readSecrets(text)
      .filter(({ isSecret }) => isSecret === false)
      .map(identity),
  )
  const kept = secrets.filter((each) => !decided.has(identity(each)))
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

function identity({ path, sha1 }: DetectedSecret): string {
  return JSON.stringify([path.replaceAll('\\', '/').replace(/^\.\//, ''), sha1])
}
