/** All actions of the suite, for the command line and for the generator. */
import { qualityGate } from '@ci-actions/quality-gate'
import { securityScan } from '@ci-actions/security-scan'
import type { AnyAction } from '@ci-actions/shared'
import { testSuite } from '@ci-actions/test-suite'

export const actions: readonly AnyAction[] = [qualityGate, testSuite, securityScan]
