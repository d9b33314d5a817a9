/**
 * What the ignore file of a scanner says, as it would be said here. The scanner itself obeys the file, so what it names
 * is not in any report; to have it there, and decided with an owner and an end, the file is imported. Pure.
 */
import type { Justification, SuppressionStatus } from './entry.ts'

/** One entry of an ignore file. */
export interface Proposal {
  /** File and place in it, such as `.trivyignore, line 3`. */
  readonly origin: string
  readonly about: ProposalSubject
  readonly reason?: string | undefined
  /** `YYYY-MM-DD`. */
  readonly expires?: string | undefined
  readonly status?: SuppressionStatus | undefined
  readonly justification?: Justification | undefined
  /** What the entry says that a suppression does not, such as a version, as phrases. */
  readonly lost?: readonly string[] | undefined
}

/** What all has to fit. At least one is given. */
export interface ProposalSubject {
  /** Of an advisory, or of a rule; any one of them. */
  readonly ids?: readonly string[] | undefined
  /** `pypi/jinja2`; or `jinja2` where the file does not name the ecosystem. */
  readonly component?: string | undefined
  /** Of the component, as versions are compared; default: any. */
  readonly version?: string | undefined
  /** Of the repository, or patterns with `*`; any one of them. */
  readonly paths?: readonly string[] | undefined
}

/** A risk that a scan reported. */
export interface KnownRisk {
  readonly identity: string
  /** Advisory ids and rules of all tools that found it. */
  readonly names: readonly string[]
  readonly component?: string | undefined
  readonly version?: string | undefined
  readonly path?: string | undefined
}
