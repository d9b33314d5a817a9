/** One value that holds all that a run has to say; every rendering is a pure function of it. */
import type { Finding } from '../finding/finding.ts'
import type { MetricValue } from '../gate/metric.ts'
import type { RuleOutcome } from '../gate/rule.ts'
import type { ToolRun } from '../tool/tool.ts'

/** `incomplete`: nothing measured failed, but something that counts could not be measured. */
export type Verdict = 'passed' | 'failed' | 'incomplete' | 'error'

/** Text with inline code: backticks delimit code, everything else is plain and is escaped by renderers. */
export type Prose = string

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Prose }
  | { readonly kind: 'list'; readonly items: readonly Prose[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly {
        readonly title: string
        readonly align?: 'left' | 'right' | 'center' | undefined
      }[]
      readonly rows: readonly (readonly Prose[])[]
      /** Rows that exist but are not in `rows`; shown as a count. */
      readonly more?: number | undefined
    }
  | {
      readonly kind: 'details'
      readonly title: Prose
      readonly blocks: readonly Block[]
      /** So many of `blocks` at most in a summary and on a terminal, the rest as a count; the page has them all. */
      readonly most?: number | undefined
      /** Not folded: what the reader came for. */
      readonly open?: boolean | undefined
      /** Evidence that few look for: a terminal, which cannot fold, shows the title alone. */
      readonly aside?: boolean | undefined
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  /** A link of our own; addresses in other texts are shown, never linked. */
  | { readonly kind: 'link'; readonly label: Prose; readonly url: string }
  | { readonly kind: 'bar'; readonly label: Prose; readonly percent: number }
  | {
      readonly kind: 'chart'
      readonly title: string
      readonly unit: string
      readonly points: readonly { readonly label: string; readonly value: number }[]
    }

export interface Reason {
  /** Stable: `rule-failed`, `rule-not-measured`, `nothing-ran`, `wrong-input`, `unavailable`, `bug`, `cancelled`. */
  readonly code: string
  readonly rule?: string | undefined
  readonly message: string
}

/** Something that could not be done as asked, with what was done instead. */
export interface Degradation {
  readonly what: string
  readonly why: string
}

/** Where `new` came from, for the reader. */
export interface BaseReport {
  /** One sentence, such as "Base is `main` at 4f2c1d9, the merge commit's first parent." */
  readonly message: Prose
  readonly sha?: string | undefined
  readonly ref?: string | undefined
}

export interface Report {
  readonly action: string
  /** `Quality gate`. */
  readonly title: string
  readonly actionVersion: string
  /** The `id` input; distinguishes several uses in a workflow. */
  readonly id: string
  readonly verdict: Verdict
  readonly enforced: boolean
  readonly reasons: readonly Reason[]
  readonly rules: readonly RuleOutcome[]
  readonly metrics: readonly MetricValue[]
  readonly tools: readonly ToolRun[]
  /** Whether the action has `optional-tools`. */
  readonly exempts?: boolean | undefined
  /** All of them, fixed ones included, unranked. */
  readonly findings: readonly Finding[]
  /** Sections of the action's own, such as the score; rendered folded behind the findings. */
  readonly blocks: readonly Block[]
  /** What the change takes away from its own judgement; in sight, since a green verdict may rest on it. */
  readonly loosened: readonly Prose[]
  readonly notices: readonly Prose[]
  readonly degraded: readonly Degradation[]
  readonly base?: BaseReport | undefined
  /** The run in a few figures, such as `23 tests`, for the line under the title. */
  readonly facts?: readonly string[] | undefined
  /** Whether the gate counts new findings only; old ones are then listed apart. */
  readonly scope: 'all' | 'new'
  readonly seconds: number
  /** Where inputs that are not defaults came from: name, value (redacted), `with:` or policy file. */
  readonly inputs: readonly { readonly name: string; readonly value: string; readonly from: string }[]
  /** How to get the same result on a laptop. */
  readonly laptop: string
  /** For links: page of a file at the commit judged, with `{path}` and `{line}`; absent when not on GitHub. */
  readonly linkTemplate?: string | undefined
  /** Repository-relative or absolute report folder. */
  readonly reportFolder?: string | undefined
}
