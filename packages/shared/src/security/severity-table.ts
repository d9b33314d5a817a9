/**
 * What the words of tools mean for risk, where they give no score. The table of docs/severity.md says the same, and a
 * test holds them together.
 */
import type { Severity, SeverityClaim } from '../finding/finding.ts'

export interface SeverityRow {
  /** `tool`: it speaks of risk itself. `ours`: it does not, and the severity is our judgement. */
  readonly whose: 'tool' | 'ours'
  /** How much the claim weighs against others. */
  readonly by: 'word' | 'table'
  readonly words: Readonly<Record<string, Severity>>
  /** For words that are not listed. Default: unknown. */
  readonly other?: Severity
}

// Counts like a tool's word: what a linter thinks of a password must not make a secret milder that somebody verified.
const secretScanner: SeverityRow = {
  whose: 'ours',
  by: 'word',
  words: { verified: 'critical', unverified: 'high' },
}

/** Words in lower case. */
export const severityTable: Readonly<Record<string, SeverityRow>> = {
  gitleaks: secretScanner,
  'detect-secrets': secretScanner,
  trufflehog: secretScanner,
  // Severity and confidence. Bandit has no critical, and `undefined` where a plugin says nothing.
  bandit: {
    whose: 'tool',
    by: 'word',
    words: {
      'high/high': 'high',
      'high/medium': 'high',
      'high/low': 'medium',
      'high/undefined': 'high',
      'medium/high': 'medium',
      'medium/medium': 'medium',
      'medium/low': 'low',
      'medium/undefined': 'medium',
      'low/high': 'low',
      'low/medium': 'low',
      'low/low': 'low',
      'low/undefined': 'low',
    },
  },
  // Impact and likelihood of the rule's metadata, by OWASP's risk rating; its level where it has none.
  // https://owasp.org/www-community/OWASP_Risk_Rating_Methodology
  semgrep: {
    whose: 'ours',
    by: 'table',
    words: {
      'high/high': 'critical',
      'high/medium': 'high',
      'high/low': 'medium',
      'medium/high': 'high',
      'medium/medium': 'medium',
      'medium/low': 'low',
      'low/high': 'medium',
      'low/medium': 'low',
      'low/low': 'low',
      critical: 'critical',
      high: 'high',
      medium: 'medium',
      low: 'low',
      error: 'high',
      warning: 'medium',
      info: 'low',
    },
  },
  // Its levels are about lint. Rules by what they let happen.
  'eslint-plugin-security': {
    whose: 'ours',
    by: 'table',
    words: {
      'detect-bidi-characters': 'high',
      'detect-buffer-noassert': 'medium',
      'detect-child-process': 'high',
      'detect-disable-mustache-escape': 'high',
      'detect-eval-with-expression': 'high',
      'detect-new-buffer': 'medium',
      'detect-no-csrf-before-method-override': 'medium',
      'detect-non-literal-fs-filename': 'medium',
      'detect-non-literal-regexp': 'medium',
      'detect-non-literal-require': 'medium',
      'detect-object-injection': 'low',
      'detect-possible-timing-attacks': 'medium',
      'detect-pseudorandombytes': 'medium',
      'detect-unsafe-regex': 'medium',
    },
  },
  zizmor: {
    whose: 'tool',
    by: 'word',
    words: { high: 'high', medium: 'medium', low: 'low', informational: 'low' },
  },
  // Rule before level: most of Hadolint is about good style, some of it about risk.
  hadolint: {
    whose: 'ours',
    by: 'table',
    words: {
      dl3002: 'high',
      dl3004: 'medium',
      dl3006: 'medium',
      dl3007: 'medium',
      dl3026: 'high',
      error: 'medium',
      warning: 'low',
      info: 'low',
      style: 'low',
    },
  },
  // Kinds of actionlint, which checks correctness; two of them are about risk.
  actionlint: {
    whose: 'ours',
    by: 'table',
    words: { 'untrusted-input': 'high', credentials: 'high' },
    other: 'low',
  },
  npm: {
    whose: 'tool',
    by: 'word',
    words: { critical: 'critical', high: 'high', moderate: 'medium', low: 'low', info: 'low' },
  },
  // `riskcode`; ZAP has no critical.
  zap: { whose: 'tool', by: 'word', words: { '3': 'high', '2': 'medium', '1': 'low', '0': 'low' } },
  nuclei: {
    whose: 'tool',
    by: 'word',
    words: { critical: 'critical', high: 'high', medium: 'medium', low: 'low', info: 'low' },
  },
  // `OK` and `INFO` are no findings; `WARN` and `FATAL` say that something could not be tested: a problem of the run.
  testssl: {
    whose: 'tool',
    by: 'word',
    words: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  },
}

/** Of tools that are not in the table: what scanners and advisories commonly say. */
export const commonWords: SeverityRow = {
  whose: 'tool',
  by: 'word',
  words: {
    critical: 'critical',
    high: 'high',
    important: 'high',
    medium: 'medium',
    moderate: 'medium',
    low: 'low',
    info: 'low',
    informational: 'low',
    negligible: 'low',
  },
}

/**
 * What `tool` means by the first of these words that the table knows, in upper or lower case; several where a rule goes
 * before a level, such as `tableClaim('hadolint', 'DL3002', 'error')`. Where it knows none, the claim is that nobody
 * knows: such a claim decides nothing, and alone leaves the risk `unknown`.
 */
export function tableClaim(tool: string, ...words: readonly string[]): SeverityClaim {
  const row = Object.hasOwn(severityTable, tool) ? severityTable[tool] : undefined
  const { whose, by, words: known, other } = row ?? commonWords
  const said = words.map((word) => word.trim().toLowerCase()).find((word) => Object.hasOwn(known, word))
  const severity = (said === undefined ? other : known[said]) ?? 'unknown'
  return { source: whose === 'ours' ? `table of ${tool}` : tool, by, severity }
}
