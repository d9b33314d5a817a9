/** A tool that is ready to be started. */
import type { Notice, VersionSource } from '../tool.ts'

export interface InstalledTool {
  /** Program with leading arguments. */
  readonly command: readonly string[]
  readonly version: string
  readonly versionSource: VersionSource
  /** File or input that named the version. */
  readonly versionFrom?: string | undefined
  /**
   * Differs whenever something else would run: another version of the tool, of what it needs, or of the
   * interpreter. The same on all machines of a kind, so that results can be remembered across them.
   */
  readonly digest: string
  readonly notices: readonly Notice[]
}
