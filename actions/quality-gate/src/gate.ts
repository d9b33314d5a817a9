/**
 * Default rules. The numbers are those that the pipelines which this action replaces had agreed on. A file that
 * Python cannot read is in none of them: nothing else in it was looked at.
 */

export const gateForAll = `
syntax-errors == 0
formatting-issues == 0
lint-errors < 10
type-errors < 5
score > 80
warn unresolved-imports == 0
`

/** With `scope: new` the same limits hold for what the change brought, and the score must not fall. */
export const gateForNew = `
new.syntax-errors == 0
new.formatting-issues == 0
new.lint-errors < 10
new.type-errors < 5
delta.score >= 0
warn new.unresolved-imports == 0
`
