/** As much of SARIF 2.1.0 as is written here. */

export interface SarifMessage {
  readonly text: string
}

export interface SarifRule {
  readonly id: string
  readonly name?: string
  readonly shortDescription: SarifMessage
  readonly fullDescription: SarifMessage
  readonly help: SarifMessage
  readonly helpUri?: string
  readonly properties?: { readonly 'security-severity'?: string; readonly tags: readonly string[] }
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }
    readonly region: {
      readonly startLine: number
      readonly startColumn?: number | undefined
      readonly endLine?: number | undefined
      /** Exclusive. */
      readonly endColumn?: number | undefined
    }
  }
}

export interface SarifSuppression {
  readonly kind: 'inSource' | 'external'
  readonly status: 'accepted'
  readonly justification: string
}

export interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: 'error' | 'warning' | 'note'
  readonly message: SarifMessage
  readonly locations: readonly SarifLocation[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly baselineState?: 'new' | 'unchanged' | 'absent' | undefined
  readonly suppressions?: readonly SarifSuppression[] | undefined
}

export interface SarifNotification {
  readonly level: 'error' | 'warning' | 'note'
  readonly message: SarifMessage
}

export interface SarifInvocation {
  readonly executionSuccessful: boolean
  readonly exitCode?: number
  readonly toolExecutionNotifications?: readonly SarifNotification[]
}

/** What stands before the results. */
export interface SarifRunHead {
  readonly automationDetails: { readonly id: string }
  readonly invocations: readonly SarifInvocation[]
  readonly columnKind: 'utf16CodeUnits'
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: SarifMessage }>>
}
