/** Cobertura XML as Codecov, Sonar, GitLab and Jenkins read it. */
import type { CoverageReport, FileCoverage, LineBranches } from '@ci-actions/shared'
import { branchShare, reportOf } from '@ci-actions/shared'

/**
 * For a report with paths of the repository: its only source is the folder that it is read in. Without a time, since some
 * readers refuse reports that seem old; the same report gives the same text. Lines ran once or not at all.
 */
export function renderCobertura(report: CoverageReport): string {
  const packages = Map.groupBy(report.files, ({ path }) => folderOf(path))
  const branches = branchShare(report.files)
  const totals = [
    `lines-valid="${report.lines}" lines-covered="${report.covered}" line-rate="${rate(report.covered, report.lines)}"`,
    `branches-valid="${branches.total}" branches-covered="${branches.covered}" branch-rate="${rate(branches.covered, branches.total)}"`,
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<coverage version="1" timestamp="0" ${totals.join(' ')} complexity="0">`,
    '\t<sources>\n\t\t<source>.</source>\n\t</sources>',
    '\t<packages>',
    ...[...packages].map(([folder, files]) => packageXml(folder, files)),
    '\t</packages>',
    '</coverage>\n',
  ].join('\n')
}

function packageXml(folder: string, files: readonly FileCoverage[]): string {
  const name = escapeXml(folder === '' ? '.' : folder.replaceAll('/', '.'))
  return [
    `\t\t<package name="${name}" ${rates(files)}>`,
    '\t\t\t<classes>',
    ...files.map(classXml),
    '\t\t\t</classes>',
    '\t\t</package>',
  ].join('\n')
}

function classXml(file: FileCoverage): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const head = `\t\t\t\t<class name="${escapeXml(name)}" filename="${escapeXml(file.path)}" ${rates([file])}>`
  return [
    head,
    '\t\t\t\t\t<methods/>',
    '\t\t\t\t\t<lines>',
    ...linesXml(file),
    '\t\t\t\t\t</lines>',
    '\t\t\t\t</class>',
  ].join('\n')
}

function linesXml(file: FileCoverage): readonly string[] {
  const branches = new Map(file.branches.map((each) => [each.line, each]))
  const lines = [
    ...file.covered.map((line) => ({ line, hits: 1 })),
    ...file.missed.map((line) => ({ line, hits: 0 })),
  ].toSorted((a, b) => a.line - b.line)
  return lines.map(
    ({ line, hits }) =>
      `\t\t\t\t\t\t<line number="${line}" hits="${hits}"${branchesXml(branches.get(line))}/>`,
  )
}

function branchesXml(branches: LineBranches | undefined): string {
  if (branches === undefined) return ''
  const { covered, total, missed } = branches
  const percent = Math.floor((100 * covered) / total)
  const known = `branch="true" condition-coverage="${percent}% (${covered}/${total})"`
  const exact = missed.length === total - covered && missed.every((name) => name.startsWith('py:'))
  if (!exact || missed.length === 0) return ` ${known}`
  return ` ${known} missing-branches="${missed.map((name) => escapeXml(name.slice('py:'.length))).join(',')}"`
}

function rates(files: readonly FileCoverage[]): string {
  const { covered, lines } = reportOf(files)
  const branches = branchShare(files)
  return `line-rate="${rate(covered, lines)}" branch-rate="${rate(branches.covered, branches.total)}" complexity="0"`
}

/** Rounded down, so that only all is 1; 1 where there is nothing to cover, as coverage.py writes it. */
function rate(covered: number, total: number): string {
  return total === 0 ? '1' : String(Math.floor((10_000 * covered) / total) / 10_000)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For an attribute; what XML cannot hold becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"]/g, (character) => entities[character] ?? '')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
