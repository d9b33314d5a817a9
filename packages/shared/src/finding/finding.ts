/**
 * What tools find, in one model.
 *
 * A tool's adapter gives a {@link RawFinding} in the tool's own terms; only the core, which can read
 * sources, makes a {@link Finding} of it.
 */

/** How much a finding weighs for code quality. Risk is a matter of {@link Severity}, never derived from this. */
export type Level = 'error' | 'warning' | 'note'

/** Risk of a security finding. `unknown` is a level of its own, not a mild one. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'unknown'

/**
 * Relation to the base: `new` was not there, `unchanged` was, `fixed` was and is no more, `tool-changed`
 * is reported only because the tool's version changed, `unknown` where no base could be had.
 */
export type FindingState = 'new' | 'unchanged' | 'fixed' | 'tool-changed' | 'unknown'

/** A place as a tool printed it. */
export interface RawLocation {
  /** As printed: absolute, relative to the folder the tool ran in, `file:///`, with backslashes. */
  readonly path: string
  /** 1-based. Adapters of tools that count from 0 add 1. */
  readonly line?: number | undefined
  readonly endLine?: number | undefined
  /** In the unit that `columnUnit` names, starting from 1. Adapters of tools that count from 0 add 1. */
  readonly column?: number | undefined
  readonly endColumn?: number | undefined
  /** Default `codepoint`, which is what Python's own positions count. */
  readonly columnUnit?: 'utf16' | 'utf8' | 'codepoint' | undefined
}

/** A replacement in a file; lines and columns are 1-based, the end is exclusive, as in {@link RawLocation}. */
export interface Edit {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly text: string
}

/**
 * `vulnerability`: a known one in a dependency; `weakness`: of the code; `misconfiguration`: of files that describe
 * images, workflows, infrastructure or a running service; `hygiene`: of the set of dependencies.
 */
export type RiskKind = 'vulnerability' | 'weakness' | 'secret' | 'misconfiguration' | 'license' | 'hygiene'

/** What one source says about how severe a risk is; `security/severity.ts` makes one answer of several. */
export interface SeverityClaim {
  /** Who says it, for the reader: `bandit`, `GHSA-…`, `nvd`, `table of gitleaks`. */
  readonly source: string
  /** `vector`: computed from `vector`; `score` and `word`: as said; `table`: ours, for a tool that says nothing. */
  readonly by: 'vector' | 'score' | 'word' | 'table'
  readonly severity: Severity
  /** CVSS base score, 0–10. */
  readonly score?: number | undefined
  /** `CVSS:3.1/…` or `CVSS:4.0/…`. */
  readonly vector?: string | undefined
}

/** A component that somebody else makes. */
export interface Dependency {
  /** Type of a package URL: `pypi`, `npm`, `golang`, `deb`, … */
  readonly ecosystem: string
  readonly name: string
  readonly version?: string | undefined
  /** Whether the project asks for it itself. */
  readonly direct?: boolean | undefined
  /** Names from a direct dependency to this one, both included. */
  readonly via?: readonly string[] | undefined
}

/** What adapters know of a risk. */
export interface RawSecurity {
  readonly kind: RiskKind
  /** Empty where the tool says nothing; the risk is then `unknown` unless another tool knows it. */
  readonly claims: readonly SeverityClaim[]
  readonly cwe?: readonly number[] | undefined
  /** CVE, GHSA, PYSEC, … ids of the same weakness. */
  readonly ids?: readonly string[] | undefined
  readonly dependency?: Dependency | undefined
  /** Versions that do not have it, as the source lists them. */
  readonly fixedVersions?: readonly string[] | undefined
  /** What a misconfiguration is about: `aws_s3_bucket.logs`, an endpoint, a job. */
  readonly resource?: string | undefined
  readonly secret?: RawSecret | undefined
  /** The commit in which a secret stands, where it is not the file as it is that was looked at. */
  readonly commit?: string | undefined
  /** In CISA's catalogue of known exploited vulnerabilities. */
  readonly exploited?: boolean | undefined
  /** Probability of exploitation in the next 30 days, 0–1. */
  readonly epss?: number | undefined
}

/** Never leaves memory: the core hides the value everywhere and keeps a keyed digest of it. */
export interface RawSecret {
  /** The secret itself, or the SHA-1 of it in hex where the tool gives no more. */
  readonly value?: string | undefined
  readonly sha1?: string | undefined
  /** Whether the service that it belongs to accepted it. */
  readonly verified?: boolean | undefined
}

/** Details of a risk. */
export interface Security extends Omit<RawSecurity, 'secret'> {
  /** From {@link SeverityClaim}s, by `resolveSeverity`. */
  readonly severity: Severity
  /** Where it came from, such as `CVSS 3.1 of GHSA-…`; sources that say something else are named. */
  readonly severitySource: string
  readonly score?: number | undefined
  /** What a suppression names it by, see `riskIdentity`; absent where it cannot be suppressed. */
  readonly identity?: string | undefined
  /** Package URL of the component. */
  readonly purl?: string | undefined
  readonly verified?: boolean | undefined
  /** Digest of what identifies the finding at its place, whatever the tool calls its rule: its line, mostly. */
  readonly lineDigest?: string | undefined
  /** Digest of a secret with a key of this run, by which tools that found the same one are known; not for output. */
  readonly secretDigest?: string | undefined
}

/** What a tool's adapter makes of one problem that the tool printed. */
export interface RawFinding {
  /** The tool's own rule code, such as `F401`, `arg-type`; the tool's id where it has none. */
  readonly rule: string
  readonly level: Level
  /** As printed; the core makes one line of it and removes control characters. */
  readonly message: string
  readonly location?: RawLocation | undefined
  readonly related?: readonly RawLocation[] | undefined
  /** Page that explains the rule. */
  readonly help?: string | undefined
  readonly fix?: readonly Edit[] | undefined
  /** The count metric that this finding adds 1 to, such as `lint-errors`; or the share that it explains. */
  readonly metric?: string | undefined
  /** Name of the enclosing function or class where the tool knows it. */
  readonly symbol?: string | undefined
  /**
   * What makes this finding the same one at another place, where the text of its own line does not:
   * for a formatting hunk the replaced lines, for a duplicate the digest of the fragment.
   */
  readonly identity?: string | undefined
  readonly security?: RawSecurity | undefined
}

/** A place in the repository. */
export interface Location {
  /** Repository-relative, `/` as separator, no `.` or `..`. */
  readonly path: string
  /** 1-based; absent for a finding about the whole file. */
  readonly line?: number | undefined
  readonly endLine?: number | undefined
  /** 1-based, in UTF-16 units, as GitHub counts. */
  readonly column?: number | undefined
  readonly endColumn?: number | undefined
  /** True for a path that is not inside the repository; it is then as printed and never linked. */
  readonly outside?: boolean | undefined
}

/** One more tool that found the same thing. */
export interface Witness {
  readonly tool: string
  readonly rule: string
}

/** A decision not to count a finding. */
export interface Suppression {
  readonly reason: string
  readonly owner?: string | undefined
  /** ISO date. */
  readonly expires?: string | undefined
  /** `inline`, or the file that the decision stands in. */
  readonly source: string
  /** What was decided. Default `accepted`: the risk is there, and taken. */
  readonly status?: 'not-affected' | 'accepted' | 'false-positive' | 'will-be-fixed' | undefined
  /** Label of OpenVEX, with `not-affected`. */
  readonly justification?: string | undefined
}

/** One problem, in the repository's terms. */
export interface Finding {
  /** Id of the tool, such as `ruff`. */
  readonly tool: string
  readonly rule: string
  readonly level: Level
  /** One line, no control characters. Not escaped: each renderer escapes for itself. */
  readonly message: string
  /** What several findings say as one, such as cases of a test that failed with the same words. Default: the message. */
  readonly sharedMessage?: string | undefined
  readonly location?: Location | undefined
  readonly related?: readonly Location[] | undefined
  readonly help?: string | undefined
  readonly fix?: readonly Edit[] | undefined
  readonly metric?: string | undefined
  readonly symbol?: string | undefined
  /** Name of the package of a monorepo; absent when there is only one. */
  readonly package?: string | undefined
  /** Hex digest that survives moves and renames; see `fingerprint.ts`. Identical findings share it. */
  readonly fingerprint: string
  readonly state: FindingState
  /** Only changed lines tell the state, which another tool may know better; not for output. */
  readonly stateByLines?: boolean | undefined
  readonly security?: Security | undefined
  readonly witnesses?: readonly Witness[] | undefined
  readonly suppression?: Suppression | undefined
  /**
   * What it counts as, by labels, such as a test that failed in several legs of a matrix: once in each. Absent: once,
   * without labels.
   */
  readonly instances?: readonly Readonly<Record<string, string>>[] | undefined
}
