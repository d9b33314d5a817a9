/** The ignore files of scanners, by name. */
import { UserError } from '../../../action/errors.ts'
import { proseText } from '../../../report/prose.ts'
import { shorten, visibleLine } from '../../../report/visible.ts'
import type { Proposal } from '../proposal.ts'
import { gitleaks } from './gitleaks.ts'
import { guardian } from './guardian.ts'
import { openVex } from './openvex.ts'
import { osvScanner } from './osv-scanner.ts'
import { safety } from './safety.ts'
import { snyk } from './snyk.ts'
import { trivyLines, trivyYaml } from './trivy.ts'

interface IgnoreFile {
  /** Of the file, without its folder. */
  readonly name: RegExp
  /** Who obeys it. */
  readonly tool: string
  /** Id of that scanner where its findings can be in a report of ours. */
  readonly id?: string
  read(text: string, file: string): readonly Proposal[]
}

const ignoreFiles: readonly IgnoreFile[] = [
  { name: /^\.trivyignore$/, tool: 'Trivy', id: 'trivy', read: trivyLines },
  { name: /^\.trivyignore\.ya?ml$/, tool: 'Trivy', id: 'trivy', read: trivyYaml },
  { name: /^osv-scanner\.toml$/, tool: 'osv-scanner', id: 'osv-scanner', read: osvScanner },
  { name: /^\.snyk$/, tool: 'Snyk', id: 'snyk', read: snyk },
  { name: /^\.safety-policy.*\.ya?ml$/, tool: 'Safety', id: 'safety', read: safety },
  { name: /^\.gitleaksignore$/, tool: 'gitleaks', id: 'gitleaks', read: gitleaks },
  { name: /\.gdnsuppress$/, tool: 'Guardian', read: guardian },
  { name: /(?:^|[.-])(?:open)?vex\.json$/i, tool: 'OpenVEX', read: openVex },
]

export interface ImportedFile {
  /** Who obeys such a file. */
  readonly tool: string
  /** Id of that scanner where its findings can be in a report of ours: what the file names is missing from them. */
  readonly id?: string | undefined
  readonly proposals: readonly Proposal[]
}

/** Whether {@link readIgnoreFile} knows files of that name. */
export function isIgnoreFile(path: string): boolean {
  return fileOf(path) !== undefined
}

/** Undefined for a file of another name. Throws a `UserError` for one that is not what its name says. */
export function readIgnoreFile(path: string, text: string): ImportedFile | undefined {
  const file = fileOf(path)
  if (file === undefined) return undefined
  const shown = `\`${path}\``
  try {
    const proposals = file.read(text.replace(/^\uFEFF/, ''), shown)
    return { tool: file.tool, ...(file.id !== undefined && { id: file.id }), proposals }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UserError(`${shown} cannot be read: ${proseText(shorten(visibleLine(why), 300))}.`)
  }
}

function fileOf(path: string): IgnoreFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return ignoreFiles.find((each) => each.name.test(name))
}
