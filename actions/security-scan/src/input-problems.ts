/** What is wrong with inputs that are right by their kinds. Pure. */
import { closest } from '@ci-actions/shared'
import { deniedProblems } from './licenses/denied-problems.ts'
import { formatNames } from './reports/recognise.ts'
import { kindOfTool } from './reports/sarif-tools.ts'
import { sbomToolNames } from './sboms/sbom-selection.ts'
import type { ScanValues } from './scan-context.ts'
import { selection } from './selection.ts'
import { suppressionProblems } from './suppression-list.ts'
import { trivyMirrors } from './tools/trivy.ts'

export function scanProblems(
  inputs: ScanValues,
  policy: Readonly<Record<string, unknown>>,
  now: number,
): readonly string[] {
  return [
    ...modeProblems(inputs),
    ...networkProblems(inputs),
    ...databaseProblems(inputs),
    ...deniedProblems(inputs['denied-licenses']),
    ...suppressionProblems(policy, now),
  ]
}

/** Ids of our own checks. */
const ownChecks = ['commits', 'licenses', 'dependency-hygiene', 'dependabot']

/**
 * Whether something with that id may have a result although it is no scanner that runs here: our own checks, and, with
 * `reports`, whatever wrote one. A name that is nearly one that is known is a slip.
 */
export function mayBeGiven(name: string, { reports }: Pick<ScanValues, 'reports'>): boolean {
  if (ownChecks.includes(name)) return true
  if (reports.length === 0 || !/^[a-z0-9-]{1,40}$/.test(name)) return false
  const known: readonly string[] = ['reports', ...formatNames]
  if (known.includes(name) || kindOfTool(name) !== undefined) return true
  return closest(name, [...known, ...selection.tools.map(({ id }) => id)]) === undefined
}

function modeProblems({ mode, reports, tools, fix }: ScanValues): readonly string[] {
  if (mode === 'scan') return []
  const others = tools.filter((name) => name !== 'default' && !sbomToolNames.includes(name))
  return [
    ...(reports.length === 0 ? ['`mode: report` needs `reports`: the files to read, or globs.'] : []),
    ...(others.length > 0
      ? [
          `\`mode: report\` runs no scanner but ${sbomToolNames.join(' and ')}, on bills of materials; take ${others.join(', ')} out of \`tools\`.`,
        ]
      : []),
    ...(fix ? ['`fix` has no effect with `mode: report`; remove it.'] : []),
  ]
}

function networkProblems({
  offline,
  'verify-secrets': verify,
  'osv-url': url,
}: ScanValues): readonly string[] {
  return [
    ...(offline && verify
      ? ['`verify-secrets` asks services over the network, which `offline` forbids; leave one out.']
      : []),
    ...(url !== undefined && !/^https?:\/\/[^\s"'<>]+$/.test(url)
      ? ['`osv-url` must be an address that begins with `https://` or `http://`.']
      : []),
  ]
}

function databaseProblems(inputs: ScanValues): readonly string[] {
  const mirrors = trivyMirrors.flatMap((name) =>
    [inputs[name] ?? []].flat().map((value) => ({ name, value })),
  )
  return [
    ...(inputs['osv-download'] && inputs['osv-database'] !== undefined
      ? ['`osv-database` names databases that you keep yourself, `osv-download` keeps others; leave one out.']
      : []),
    ...mirrors
      .filter(({ value }) => !isRepository(value))
      .map(
        ({ name, value }) =>
          `\`${name}\`: \`${value}\` is no repository of a registry, such as \`registry.example.com/mirror/trivy-db:2\`.`,
      ),
  ]
}

/** Host, perhaps with a port, path, and a tag or digest. No scheme: registries are asked over https. */
function isRepository(text: string): boolean {
  return /^[a-z0-9.-]+(?::\d+)?(?:\/[\w.-]+)+(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/i.test(text)
}
