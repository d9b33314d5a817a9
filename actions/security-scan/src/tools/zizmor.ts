import type { Notice, Project, Tool, ToolOutput } from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { nameSome, without } from './risk-finding.ts'
import { asGiven, fileArguments, onFiles, passesOver } from './scope.ts'
import { parseZizmorReport } from './zizmor-report.ts'

/** Where zizmor looks for its configuration, relative to the top of the repository. */
const configurations = ['.github/zizmor.yml', '.github/zizmor.yaml', 'zizmor.yml', 'zizmor.yaml']

/** Without the audits that ask GitHub: a result then depends on the file and the configuration alone. */
export const zizmor: Tool = {
  id: 'zizmor',
  name: 'zizmor',
  homepage: 'https://docs.zizmor.sh/',
  scope: 'file',
  kind: 'workflows',
  metrics: ['findings'],
  install: { kind: 'python', package: 'zizmor', executable: 'zizmor' },
  asEvidence: without('feature', 'fragment', 'comments'),
  configuredBy: configurationsOf,
  applies: (project) => onFiles(project, 'workflows or actions of GitHub', isAudited),
  invocations: ({ files, args }) => [
    {
      // Not SARIF, with which it ends with 0 whatever it found.
      args: ['--offline', '--no-progress', '--color=never', '--format=json-v1', ...args, '--'],
      files: fileArguments(files),
      // 3: nothing could be audited; 10 to 14: findings, by the highest severity.
      exitCodes: [0, 3, 10, 11, 12, 13, 14],
    },
  ],
  parse,
  rememberedWith: () => configurations.map((path) => `file:${path}`),
  notices: (project) => {
    const [taken, ...others] = configurationsOf(project)
    const unused = others.map((path) => ({
      level: 'warning' as const,
      message: `${path} has no effect, because zizmor takes ${taken}. Keep one of them.`,
    }))
    return taken === undefined ? [] : [passesOver(taken, 'zizmor'), ...unused]
  },
}

function isAudited(path: string): boolean {
  return (
    /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ||
    /(?:^|\/)action\.ya?ml$/.test(path) ||
    /^\.github\/dependabot\.ya?ml$/.test(path)
  )
}

function configurationsOf(project: Project): readonly string[] {
  return configurations.filter((path) => project.files.includes(path))
}

/** What it cannot parse is a warning on standard error, not always with a name: told by what it says it completed. */
async function parse({ invocation, exitCode, stdout, stderr }: ToolOutput) {
  const said = await stderr.text()
  const completed = new Set(
    [...said.matchAll(/\bcompleted (.+)$/gm)].map(([, path = '']) => asGiven(path.trim())),
  )
  const missed = (invocation.files ?? []).map(asGiven).filter((path) => !completed.has(path))
  const notices = [...missedNotice(missed, said), ...warnings(said)]
  if (exitCode === 3) return { findings: [], notices, filesChecked: 0 }
  const { findings, notices: leftOut = [] } = parseZizmorReport(await stdout.text())
  if (exitCode >= 10 && findings.length === 0)
    throw new ToolOutputError('zizmor says that it found something, and printed nothing.')
  return { findings, notices: [...notices, ...leftOut], filesChecked: completed.size }
}

function missedNotice(missed: readonly string[], said: string): readonly Notice[] {
  if (missed.length === 0) return []
  const why = [...said.matchAll(/failed to (?:parse|validate)[^\n]*?: (.*)$/gm)].map(([, text]) => text)
  const reasons = why.length === 0 ? '' : ` (${why.join('; ')})`
  return [
    {
      level: 'failed',
      message: `Not audited: ${nameSome(missed)}${reasons}. Mend what does not parse, or leave it out with \`exclude\`.`,
    },
  ]
}

function warnings(said: string): readonly Notice[] {
  return [...said.matchAll(/^\s*WARN [^\n]*?: (?!.*failed to)([^\n]*)$/gm)]
    .filter(([line]) => !/collect_inputs/.test(line))
    .map(([, message = '']) => ({ level: 'warning', message }))
}
