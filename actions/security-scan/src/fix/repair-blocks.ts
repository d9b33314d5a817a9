/** What became of `fix: true`, for the report. Pure. */
import type { Block, Finding, Prose } from '@ci-actions/shared'
import { counted, proseCode, proseText } from '@ci-actions/shared'
import type { AppliedFix } from './apply-fix.ts'
import type { Repair } from './repair.ts'
import { isMajorStep } from './target-version.ts'
import type { Unfixed } from './upgrade-need.ts'
import { fixEcosystem } from './upgrade-need.ts'

const most = 100

export function repairBlocks(repair: Repair): readonly Block[] {
  const { fixed, unfixed, provedBy } = repair
  if (fixed.length + unfixed.length === 0) return []
  const blocks: readonly Block[] = [
    ...fixedBlocks(repair),
    ...(fixed.length === 0 ? [] : [{ kind: 'paragraph' as const, text: applyText(repair) }]),
    ...unfixedBlocks(unfixed),
  ]
  const proved =
    fixed.length === 0
      ? 'none proved'
      : `${counted(fixed.length, 'upgrade')} proved by scanning again with ${[...provedBy.values()].join(', ')}`
  const others = unfixed.length === 0 ? '' : `, ${unfixed.length} not possible`
  return [{ kind: 'details', title: `Fixes: ${proved}${others}`, blocks }]
}

/** In sight, since files were changed. */
export function repairNotices(repair: Repair | undefined): readonly string[] {
  if (repair === undefined) return []
  const { written, passedOver, fixed, trouble, secret } = repair
  const names = (paths: readonly string[]) => paths.map(proseCode).join(', ')
  return [
    ...(trouble === undefined ? [] : [`Fixes could not be tried: ${trouble}`]),
    ...(written.length === 0
      ? []
      : [
          `${counted(fixed.length, 'upgrade was', 'upgrades were')} written to ${names(written)}. Then everything was scanned again: the verdict is about the files as they are now.`,
        ]),
    ...(passedOver.length === 0
      ? []
      : [
          `${names(passedOver)} changed during the run, or is a link, and was left alone; the patch is in the report folder.`,
        ]),
    ...(secret.length === 0
      ? []
      : [
          `There is no patch for ${names(secret)}, since it would show a secret that stands beside the change. Take the secret out, or run \`ci-actions security-scan --fix\` on a laptop, which changes the files.`,
        ]),
  ]
}

function fixedBlocks({ fixed, patchOf, provedBy }: Repair): readonly Block[] {
  if (fixed.length === 0) return []
  const columns = ['package', 'from → to', 'clears', 'patch in the report folder'].map((title) => ({ title }))
  const rows = fixed.map((fix) => [
    proseCode(fix.upgrade.name),
    stepText(fix),
    clearsText(fix, provedBy),
    proseCode(patchOf.get(fix.upgrade.path) ?? ''),
  ])
  return [{ kind: 'table', columns, rows: rows.slice(0, most), more: Math.max(0, rows.length - most) }]
}

function stepText({ upgrade, beyond, arrived }: AppliedFix): Prose {
  const { from, ecosystem } = upgrade
  const to = arrived ?? upgrade.to
  const major = fixEcosystem(ecosystem) !== undefined && isMajorStep(from, to)
  const notes = [
    major ? 'a major step: read what changed' : '',
    beyond === undefined ? '' : `beyond ${proseCode(beyond)}, which was changed`,
  ].filter((note) => note !== '')
  return [`${proseText(from)} → ${proseText(to)}`, ...notes].join(', ')
}

function clearsText({ upgrade }: AppliedFix, provedBy: Repair['provedBy']): Prose {
  const { clears, leaves, witnessed } = upgrade
  const left = leaves.length === 0 ? '' : `; no fix is known for ${leaves.map(proseText).join(', ')}`
  const finders = [...new Set(witnessed.flatMap(({ tool }) => provedBy.get(tool) ?? []))]
  // With one scanner the title says it.
  const by = provedBy.size < 2 ? '' : ` (${finders.join(', ')})`
  return `${clears.map(proseText).join(', ')}${by}${left}`
}

function applyText({ written, fixed, patches }: Repair): Prose {
  const [first] = Object.keys(patches)
  if (written.length > 0) return 'The files of the working tree were changed. Nothing was committed.'
  if (first === undefined) return 'There is no patch, see the notes.'
  return `${counted(fixed.length, 'upgrade')}: \`git apply\` at the top of the repository takes the patch, such as ${proseCode(first)}.`
}

function unfixedBlocks(unfixed: readonly Unfixed[]): readonly Block[] {
  if (unfixed.length === 0) return []
  const columns = ['package', 'where', 'why it was not fixed'].map((title) => ({ title }))
  const rows = unfixed.map(({ need, why }) => [
    `${proseCode(need.name)} ${proseText(need.from)}`.trim(),
    proseCode(need.path),
    why,
  ])
  return [{ kind: 'table', columns, rows: rows.slice(0, most), more: Math.max(0, rows.length - most) }]
}

/** Name in the report folder of the patch that mends a finding. */
export function patchFor({ fixed, patchOf }: Repair, finding: Finding): string | undefined {
  const fix = fixed.find(({ upgrade }) => upgrade.findings.includes(finding))
  return fix && patchOf.get(fix.upgrade.path)
}
