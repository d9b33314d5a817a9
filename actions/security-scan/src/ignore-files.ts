/** The files by which scanners leave things out by themselves: what they name is in no report, and no list of ours. */
import { join } from 'node:path'
import type { Host, Project } from '@ci-actions/shared'
import { counted, filesInScope, isIgnoreFile, messageOf, readIgnoreFile } from '@ci-actions/shared'

const mostBytes = 1024 * 1024

/** A notice for each such file of the projects, with how much it names. `ran`: ids of the scanners that gave a result. */
export async function ignoreFileNotices(
  { files }: Host,
  projects: readonly Project[],
  ran: ReadonlySet<string>,
): Promise<readonly string[]> {
  const notices: string[] = []
  for (const { root, folder, ...project } of projects) {
    for (const path of filesInScope(project).filter(isIgnoreFile)) {
      const shown = folder === '' ? path : `${folder}/${path}`
      const status = await files.status(join(root, path))
      const text =
        status?.kind === 'file' && status.bytes <= mostBytes ? await files.readText(join(root, path)) : ''
      notices.push(...noticeOf(shown, text ?? '', ran))
    }
  }
  return notices
}

function noticeOf(path: string, text: string, ran: ReadonlySet<string>): readonly string[] {
  try {
    const read = readIgnoreFile(path, text)
    if (read === undefined || read.proposals.length === 0) return []
    if (read.id === undefined || !ran.has(read.id)) return []
    const entries = counted(read.proposals.length, 'entry', 'entries')
    return [
      `\`${path}\` has ${entries} for ${read.tool} to leave out by itself: what it leaves out is not in this report. \`ci-actions security-scan suppress --import ${path}\` makes suppressions of them.`,
    ]
  } catch (error) {
    return [messageOf(error)]
  }
}
