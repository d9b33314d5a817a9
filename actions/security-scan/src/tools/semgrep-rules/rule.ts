/** A rule of Semgrep, as far as ours need the language. https://semgrep.dev/docs/writing-rules/rule-syntax */

export interface SemgrepRule {
  /** Kebab-case, unique; what the report shows and suppressions name. */
  readonly id: string
  readonly languages: readonly ['python']
  readonly severity: 'ERROR' | 'WARNING'
  /** What can happen, and what to write instead. */
  readonly message: string
  readonly metadata: RuleMetadata
  readonly mode?: 'taint'
  readonly patterns?: readonly Pattern[]
  readonly 'pattern-either'?: readonly Pattern[]
  readonly 'pattern-sources'?: readonly Pattern[]
  readonly 'pattern-sinks'?: readonly Pattern[]
  readonly 'pattern-sanitizers'?: readonly Pattern[]
}

type Rating = 'HIGH' | 'MEDIUM' | 'LOW'

/** Impact and likelihood make the severity, by the table of docs/severity.md. */
export interface RuleMetadata {
  readonly cwe: readonly number[]
  readonly impact: Rating
  readonly likelihood: Rating
}

export type Pattern =
  | { readonly pattern: string }
  | { readonly 'pattern-not': string }
  | { readonly 'pattern-inside': string }
  | { readonly 'pattern-not-inside': string }
  | { readonly 'pattern-either': readonly Pattern[] }
  | { readonly patterns: readonly Pattern[] }
  | { readonly 'metavariable-regex': { readonly metavariable: string; readonly regex: string } }
  | { readonly 'focus-metavariable': string }

export function oneOf(...patterns: readonly string[]): readonly Pattern[] {
  return [{ 'pattern-either': patterns.map((pattern) => ({ pattern })) }]
}

/** What a client of the service chooses: Flask, Django, Starlette and FastAPI, aiohttp. */
export const fromRequest: readonly Pattern[] = [
  ...oneOf(
    'flask.request.args',
    'flask.request.form',
    'flask.request.values',
    'flask.request.json',
    'flask.request.data',
    'flask.request.cookies',
    'flask.request.headers',
    'flask.request.files',
    'flask.request.get_json(...)',
    'flask.request.get_data(...)',
    '$REQUEST.GET',
    '$REQUEST.POST',
    '$REQUEST.COOKIES',
    '$REQUEST.META',
    '$REQUEST.query_params',
    '$REQUEST.path_params',
    '$REQUEST.match_info',
    'await $REQUEST.json()',
    'await $REQUEST.form()',
  ),
  {
    patterns: [
      {
        'pattern-either': [
          { pattern: '@$APP.$METHOD(...)\ndef $F(..., $INPUT, ...):\n  ...' },
          { pattern: '@$APP.$METHOD(...)\nasync def $F(..., $INPUT, ...):\n  ...' },
          { pattern: '@$APP.$METHOD(...)\ndef $F(..., $INPUT: str, ...):\n  ...' },
          { pattern: '@$APP.$METHOD(...)\nasync def $F(..., $INPUT: str, ...):\n  ...' },
        ],
      },
      {
        'metavariable-regex': {
          metavariable: '$METHOD',
          regex: '^(get|post|put|patch|delete|route|api_route|websocket)$',
        },
      },
      { 'focus-metavariable': '$INPUT' },
    ],
  },
]

/** Numbers and what a list of allowed values gives back cannot carry anything. */
export const madeHarmless: readonly Pattern[] = oneOf('int(...)', 'float(...)', 'bool(...)', 'uuid.UUID(...)')
