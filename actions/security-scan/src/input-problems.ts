/** What is wrong with inputs that are right by their kinds. Pure. */
import { sbomToolNames } from './sboms/sbom-selection.ts'
import type { ScanValues } from './scan-context.ts'
import { suppressionProblems } from './suppression-list.ts'

export function scanProblems(
  inputs: ScanValues,
  policy: Readonly<Record<string, unknown>>,
  now: number,
): readonly string[] {
  return [...modeProblems(inputs), ...networkProblems(inputs), ...suppressionProblems(policy, now)]
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
