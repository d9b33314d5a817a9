/** As much of SARIF 2.1.0 as is written here. */

export interface SarifMessage {
  readonly text: string
}

export interface SarifRule {
  readonly id: string
  readonly helpUri?: string
  readonly properties?: { readonly 'security-severity': string; readonly tags: readonly string[] }
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

export interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: 'error' | 'warning' | 'note'
  readonly message: SarifMessage
  readonly locations: readonly SarifLocation[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly baselineState?: 'new' | 'unchanged' | 'absent' | undefined
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

export interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: string
      readonly version?: string
      readonly rules: readonly SarifRule[]
    }
  }
  readonly automationDetails: { readonly id: string }
  readonly invocations: readonly SarifInvocation[]
  readonly columnKind: 'utf16CodeUnits'
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: SarifMessage }>>
  readonly results: readonly SarifResult[]
}
