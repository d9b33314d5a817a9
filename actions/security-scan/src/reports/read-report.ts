/** What a report says, in the terms of this action. */
import type { RawFinding, ToolResult } from '@ci-actions/shared'
import type { OwnTool } from '../own-outcome.ts'

/** What one tool says in one report. */
export interface ToolReport extends ToolResult {
  readonly tool: Omit<OwnTool, 'scope' | 'kind'>
  readonly version?: string | undefined
  readonly suppressed?: readonly SuppressedRaw[] | undefined
}

/** What the report itself says not to count. */
export interface SuppressedRaw {
  readonly finding: RawFinding
  readonly reason: string
}
