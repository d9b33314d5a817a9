import type { ActionContext } from '@ci-actions/shared'
import type { scanInputs } from './inputs.ts'

export type ScanContext = ActionContext<typeof scanInputs>
export type ScanValues = ScanContext['inputs']
